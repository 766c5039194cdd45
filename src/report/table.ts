/** Tables, by cli-table3, loaded only when one is printed. */

import type { Measure } from './measure.ts'
import { wrap } from './spans.ts'

/** Rows of cells to lines of at most `width` columns; the last column takes what the others leave and wraps. */
export type Tabulate = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
) => readonly string[]

/** No box: blanks between columns survive copying and every terminal. */
const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

const GAP = 2
const LEAST_FOR_LAST = 16

/** Loads cli-table3. Colours are off: it would put them into pipes too. */
export async function loadTabulate(measure: Measure): Promise<Tabulate> {
  const { default: Table } = await import('cli-table3')
  return (head, rows, width) => {
    const widths = columnWidths(head, rows, width, measure)
    const table = new Table({
      chars: NO_BORDERS,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
      colWidths: widths,
    })
    // Broken here: cli-table3 shortens a word that is wider than its column, and nothing may be lost.
    const broken = (cells: readonly string[]): string[] =>
      cells.map((cell, column) => wrap(cell, widths[column] ?? LEAST_FOR_LAST, measure).join('\n'))
    table.push([...head], ...rows.map(broken))
    return table
      .toString()
      .split('\n')
      .map((row) => row.trimEnd())
  }
}

/** Natural widths for all columns but the last, shrunk evenly where that leaves it too little. */
function columnWidths(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  measure: Measure,
): number[] {
  const natural = head.map((title, column) =>
    rows.reduce((most, row) => Math.max(most, measure(row[column] ?? '')), title.length),
  )
  const first = natural.slice(0, -1)
  const room = width - GAP * first.length - LEAST_FOR_LAST
  const sum = first.reduce((total, one) => total + one, 0)
  const shrink = sum > room ? room / sum : 1
  const fitted = first.map((one, column) => Math.max(head[column]?.length ?? 0, Math.floor(one * shrink)))
  const rest = width - GAP * first.length - fitted.reduce((total, one) => total + one, 0)
  return [...fitted, Math.max(4, Math.min(natural.at(-1) ?? 4, rest))]
}
