/** A root cause or an open finding in full: what, why, the proof, what it explains, the repair. */
import type { Finding } from '../model/report.ts'
import type { Problem } from './blocks.ts'
import type { Layout } from './layout.ts'
import { proseWidth } from './layout.ts'
import { evidenceLines } from './lines-evidence.ts'
import { fixLines } from './lines-fix.ts'
import { problemHead } from './lines-verdict.ts'
import type { Line, Tone } from './spans.ts'
import { line, span, wrap } from './spans.ts'
import type { NameOf } from './words.ts'

const LABEL = 13

export function problemLines(problem: Problem, nameOf: NameOf, layout: Layout, all: boolean): Line[] {
  const { finding } = problem
  const proof = evidenceLines(finding.evidence, nameOf, layout, all)
  return [
    ...headLines(problem, layout),
    ...wrap(finding.text, proseWidth(layout) - 2, layout.measure)
      .filter((row) => row !== '')
      .map((row) => line('  ', row)),
    ...(proof.length > 0 ? [line('  ', span('evidence', 'heading')), ...proof] : []),
    ...(problem.explains.length > 0 ? labelled('explains', explained(problem.explains, nameOf), layout) : []),
    ...(finding.fix.say === '' ? [] : labelled('to do', finding.fix.say, layout)),
    ...fixLines(finding.fix, nameOf),
    ...labelled('more', `lvsdoctor explain ${finding.check}`, layout, 'subdued'),
  ]
}

function headLines(problem: Problem, layout: Layout): Line[] {
  const head = problemHead(problem)
  const indent = head.length + 2
  return wrap(problem.finding.title, proseWidth(layout) - indent, layout.measure).map((row, index) =>
    line(index === 0 ? span(head, problem.finding.severity) : ' '.repeat(head.length), '  ', span(row, 'heading')),
  )
}

/** `dual-vip (lvs01 lvs02), cap-two-masters`: check ids, with their hosts. */
function explained(findings: readonly Finding[], nameOf: NameOf): string {
  return findings
    .map((one) => (one.hosts.length === 0 ? one.check : `${one.check} (${one.hosts.map(nameOf).join(' ')})`))
    .join(', ')
}

/** A label in its column, the text wrapped beside it. */
export function labelled(label: string, text: string, layout: Layout, tone: Tone = 'plain'): Line[] {
  return wrap(text, proseWidth(layout) - LABEL, layout.measure).map((row, index) =>
    line('  ', span((index === 0 ? label : '').padEnd(LABEL - 2), 'heading'), span(row, tone)),
  )
}
