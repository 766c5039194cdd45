/** A line of evidence as a screen shows it, and where the caret goes that points into it. */
import type { Measure } from './measure.ts'
import { cut } from './spans.ts'

export interface MarkedLine {
  readonly text: string
  /** Columns left of the caret; undefined where nothing is pointed at. */
  readonly caret?: number
}

const GAP = '...'

/**
 * The line in at most `room` columns, tabs expanded. `column` is the 1-based character pointed at: what is cut off of a
 * long line is never that.
 */
export function markedLine(line: string, column: number | undefined, room: number, measure: Measure): MarkedLine {
  const text = expandTabs(line, measure).trimEnd()
  if (column === undefined) return { text: cut(text, room, measure) }
  const before = expandTabs(line.slice(0, column - 1), measure)
  const caret = measure(before)
  if (measure(text) <= room || caret < room - GAP.length) return { text: cut(text, room, measure), caret }
  const start = behind(text, caret - Math.floor(room / 2), measure)
  const rest = cut(text.slice(start.index), room - GAP.length, measure)
  return { text: `${GAP}${rest}`, caret: GAP.length + caret - start.columns }
}

/** The first character that begins at that many columns or more. */
function behind(text: string, columns: number, measure: Measure): { index: number; columns: number } {
  let index = 0
  let used = 0
  for (const character of text) {
    if (used >= columns) break
    index += character.length
    used += measure(character)
  }
  return { index, columns: used }
}

/** Tabs as a terminal shows them: to the next multiple of eight columns. */
function expandTabs(text: string, measure: Measure): string {
  if (!text.includes('\t')) return text
  let out = ''
  const [first = '', ...parts] = text.split('\t')
  out += first
  let width = measure(first)
  for (const part of parts) {
    const blanks = 8 - (width % 8)
    out += ' '.repeat(blanks) + part
    width += blanks + measure(part)
  }
  return out
}
