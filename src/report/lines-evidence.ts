/** The lines that prove a finding, as they stand in the source. */
import type { Evidence } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { type MarkedLine, markedLine } from './marked-line.ts'
import type { Line } from './spans.ts'
import { cut, line, pad, span } from './spans.ts'
import type { NameOf } from './words.ts'

const INDENT = 4
const GAP = 3
const MOST = 12

/** Where a line stands: `lvs02 iptables -S:41`, and the column in it; the source names itself where no command printed it. */
export function placeOf(evidence: Evidence, nameOf: NameOf): string {
  const what = evidence.command === '' ? evidence.source : evidence.command
  const host = evidence.host === null ? '' : `${nameOf(evidence.host)} `
  const column = evidence.column === undefined ? '' : `:${evidence.column}`
  return `${host}${what.replace(/\s+/g, ' ')}:${evidence.line}${column}`
}

/**
 * Places in one column and texts in the next; a text that does not fit beside its place goes below it, and what is
 * longer than a line is cut where `...` stands (the JSON report has it whole). A caret points at the word that is meant.
 */
export function evidenceLines(evidence: readonly Evidence[], nameOf: NameOf, layout: Layout, all: boolean): Line[] {
  const { width, measure } = layout
  const shown = all ? evidence : evidence.slice(0, MOST)
  const rows = shown.map((one): Row => {
    const place = placeOf(one, nameOf)
    return { place, ...markedLine(one.text, one.column, width - INDENT - 2, measure) }
  })
  const beside = (row: Row, column = measure(row.place)): boolean =>
    INDENT + column + GAP + Math.max(measure(row.text), (row.caret ?? 0) + 1) <= width
  const column = rows.filter((row) => beside(row)).reduce((most, row) => Math.max(most, measure(row.place)), 0)
  const out = rows.flatMap((row): Line[] => {
    if (!beside(row)) {
      const place = line(' '.repeat(INDENT), span(cut(row.place, width - INDENT, measure), 'subdued'))
      return [place, line(' '.repeat(INDENT + 2), row.text), ...caretLine(row, INDENT + 2)]
    }
    const used = beside(row, column) ? column : measure(row.place)
    const text = line(' '.repeat(INDENT), span(pad(row.place, used, measure), 'subdued'), ' '.repeat(GAP), row.text)
    return [text, ...caretLine(row, INDENT + used + GAP)]
  })
  const left = evidence.length - shown.length
  return left > 0
    ? [...out, line(' '.repeat(INDENT), span(`and ${left} more lines (--all shows them)`, 'subdued'))]
    : out
}

interface Row extends MarkedLine {
  readonly place: string
}

function caretLine({ caret }: Row, indent: number): Line[] {
  return caret === undefined ? [] : [line(' '.repeat(indent + caret), span('^', 'critical'))]
}
