/** The lines that prove a finding, as they stand in the source. */
import type { Evidence } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { expandTabs } from './safe.ts'
import type { Line } from './spans.ts'
import { cut, line, pad, span } from './spans.ts'
import type { NameOf } from './words.ts'

const INDENT = 4
const MOST = 12

/** Where a line stands: `lvs02 iptables -S:41`; the source names itself where no command printed it. */
export function placeOf(evidence: Evidence, nameOf: NameOf): string {
  const what = evidence.command === '' ? evidence.source : evidence.command
  const host = evidence.host === null ? '' : `${nameOf(evidence.host)} `
  return `${host}${what.replace(/\s+/g, ' ')}:${evidence.line}`
}

/**
 * Places in one column and texts in the next; a text that does not fit beside its place goes below it, and what is
 * longer than a line ends in `...` (the JSON report has it whole).
 */
export function evidenceLines(evidence: readonly Evidence[], nameOf: NameOf, layout: Layout, all: boolean): Line[] {
  const { width, measure } = layout
  const shown = all ? evidence : evidence.slice(0, MOST)
  const rows = shown.map((one) => ({ place: placeOf(one, nameOf), text: expandTabs(one.text).trimEnd() }))
  const beside = (row: { place: string; text: string }): boolean =>
    INDENT + measure(row.place) + 3 + measure(row.text) <= width
  const column = rows.filter(beside).reduce((most, row) => Math.max(most, measure(row.place)), 0)
  const out = rows.flatMap((row): Line[] => {
    const blanks = ' '.repeat(INDENT)
    if (beside(row)) {
      const aligned = INDENT + column + 3 + measure(row.text) <= width
      const place = aligned ? pad(row.place, column, measure) : row.place
      return [line(blanks, span(place, 'subdued'), '   ', row.text)]
    }
    return [
      line(blanks, span(cut(row.place, width - INDENT, measure), 'subdued')),
      line(' '.repeat(INDENT + 2), cut(row.text, width - INDENT - 2, measure)),
    ]
  })
  const left = evidence.length - shown.length
  return left > 0
    ? [...out, line(' '.repeat(INDENT), span(`and ${left} more lines (--all shows them)`, 'subdued'))]
    : out
}
