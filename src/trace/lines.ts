/** Cites as the lines they stand for. */
import type { Case } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { TraceLine } from '../model/trace.ts'

/** undefined: the cite points at nothing, as for a route made up from addresses. */
export function lineOf(kase: Case, cite: Cite | undefined): TraceLine | undefined {
  if (cite === undefined) return undefined
  const source = kase.sections.get(cite.section)?.source ?? cite.section.split('#')[0] ?? ''
  const text = kase.sources.get(source)?.lines[cite.line - 1]
  return text === undefined ? undefined : { source, line: cite.line, text: text.trim() }
}

/** Each line once, in the order given. */
export function linesOf(kase: Case, cites: readonly (Cite | undefined)[]): readonly TraceLine[] {
  const found = new Map<string, TraceLine>()
  for (const cite of cites) {
    const line = lineOf(kase, cite)
    if (line !== undefined) found.set(`${line.source}:${line.line}`, line)
  }
  return [...found.values()]
}
