/** `trace`, from its question to what it prints. A chunk of its own: see scripts/build.mjs. */
import type { Case } from '../../model/case.ts'
import { EXIT } from '../../model/errors.ts'
import type { HookTrace, PathTrace, TraceVerdict } from '../../model/trace.ts'
import { hookText, pathText } from '../../report/trace-text.ts'
import { traceAdverts } from '../../trace/adverts.ts'
import { traceArp } from '../../trace/asking.ts'
import { traceHealthChecks } from '../../trace/health-check.ts'
import { traceHook } from '../../trace/hook.ts'
import { tracePath } from '../../trace/path.ts'
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
  const trace = walked(kase, question)
  const text = json ? `${plainJson(trace)}\n` : 'packet' in trace ? pathText(trace) : hookText(trace)
  return { text, exitCode: EXIT_CODES[trace.verdict] }
}

function walked(kase: Case, question: Question): HookTrace | PathTrace {
  switch (question.is) {
    case 'hook':
      return traceHook(kase, question)
    case 'path':
      return tracePath(kase, question)
    case 'vrrp':
      return traceAdverts(kase)
    case 'arp':
      return traceArp(kase, question)
    case 'health-check':
      return traceHealthChecks(kase, question)
  }
}
