/** `trace`, from its flags to what it prints. A chunk of its own: see scripts/build.mjs. */
import type { Case } from '../../model/case.ts'
import { EXIT } from '../../model/errors.ts'
import type { TraceVerdict } from '../../model/trace.ts'
import { hookText } from '../../report/trace-text.ts'
import { traceHook } from '../../trace/hook.ts'
import { plainJson } from './plain-json.ts'
import type { Question } from './trace-question.ts'

export { questionOf } from './trace-question.ts'

const EXIT_CODES: Readonly<Record<TraceVerdict, number>> = {
  accept: EXIT.ok,
  drop: EXIT.critical,
  reject: EXIT.critical,
  unknown: EXIT.unknown,
}

/** @throws UserError where the question does not fit the evidence */
export function answer(
  kase: Case,
  question: Question,
  json: boolean,
): { readonly text: string; readonly exitCode: number } {
  const trace = traceHook(kase, question)
  return { text: json ? `${plainJson(trace)}\n` : hookText(trace), exitCode: EXIT_CODES[trace.verdict] }
}
