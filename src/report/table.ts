/** Tables, by cli-table3, loaded only when one is printed. */

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
export async function loadTabulate(): Promise<Tabulate> {
  const { default: Table } = await import('cli-table3')
  return (head, rows, width) => {
    const widths = columnWidths(head, rows, width)
    const table = new Table({
      chars: NO_BORDERS,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
      colWidths: widths,
      wordWrap: true,
      wrapOnWordBoundary: false,
    })
    table.push([...head], ...rows.map((row) => [...row]))
    return table
      .toString()
      .split('\n')
      .map((row) => row.trimEnd())
  }
}

/** Natural widths for all columns but the last, shrunk evenly where that leaves it too little. */
function columnWidths(head: readonly string[], rows: readonly (readonly string[])[], width: number): number[] {
  const natural = head.map((title, column) =>
    rows.reduce((most, row) => Math.max(most, (row[column] ?? '').length), title.length),
  )
  const first = natural.slice(0, -1)
  const room = width - GAP * first.length - LEAST_FOR_LAST
  const sum = first.reduce((total, one) => total + one, 0)
  const shrink = sum > room ? room / sum : 1
  const fitted = first.map((one) => Math.max(4, Math.floor(one * shrink)))
  const rest = width - GAP * first.length - fitted.reduce((total, one) => total + one, 0)
  return [...fitted, Math.max(4, Math.min(natural.at(-1) ?? 4, rest))]
}
