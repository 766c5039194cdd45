/** Lines of the report: pieces of text with a meaning, laid out in columns and coloured by the printer. */
import type { Measure } from './measure.ts'

/** What a piece of text means. Colour only repeats what the words say. */
export type Tone = 'critical' | 'warning' | 'note' | 'good' | 'subdued' | 'heading' | 'command' | 'plain'

export interface Span {
  readonly text: string
  readonly tone: Tone
}

/** One line of output; an empty list is an empty line. */
export type Line = readonly Span[]

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: text.replace(/[\t\n]/g, ' '), tone }
}

/** A line made of strings and spans. */
export function line(...parts: readonly (string | Span)[]): Line {
  return parts.map((part) => (typeof part === 'string' ? span(part) : part)).filter((part) => part.text !== '')
}

export function textOf(row: Line): string {
  return row.map((piece) => piece.text).join('')
}

/** Text filled up with blanks to that many columns. */
export function pad(text: string, columns: number, measure: Measure): string {
  return text + ' '.repeat(Math.max(0, columns - measure(text)))
}

/** Text cut to that many columns; `...` stands where something is missing. */
export function cut(text: string, columns: number, measure: Measure): string {
  if (measure(text) <= columns) return text
  const room = columns - 3
  let out = ''
  let used = 0
  for (const character of text) {
    used += measure(character)
    if (used > room) break
    out += character
  }
  return `${out}...`
}

/** Pieces of at most that many columns, cut anywhere: for words and commands longer than a line. */
export function chop(text: string, columns: number, measure: Measure): string[] {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const character of text) {
    const width = measure(character)
    if (used + width > columns && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += width
  }
  return piece === '' && pieces.length > 0 ? pieces : [...pieces, piece]
}

/** Prose broken at blanks (or, in a word longer than a line, anywhere). Never empty: '' gives ['']. */
export function wrap(text: string, columns: number, measure: Measure): string[] {
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const word of text.split(/\s/).filter((one) => one !== '')) {
    const width = measure(word)
    if (row !== '' && used + 1 + width <= columns) {
      row += ` ${word}`
      used += 1 + width
      continue
    }
    if (row !== '') rows.push(row)
    const pieces = width <= columns ? [word] : chop(word, columns, measure)
    rows.push(...pieces.slice(0, -1))
    row = pieces.at(-1) ?? ''
    used = measure(row)
  }
  return [...rows, row]
}

/** One line as rows of at most that many columns, tones kept: what a screen needs to know its height. */
export function fold(row: Line, columns: number, measure: Measure): Line[] {
  if (measure(textOf(row)) <= columns) return [row]
  const rows: Span[][] = [[]]
  let used = 0
  for (const piece of row) {
    for (const character of piece.text) {
      const width = measure(character)
      if (used + width > columns) {
        rows.push([])
        used = 0
      }
      used += width
      const current = rows[rows.length - 1] ?? []
      const last = current.at(-1)
      if (last?.tone === piece.tone) current[current.length - 1] = { text: last.text + character, tone: piece.tone }
      else current.push({ text: character, tone: piece.tone })
    }
  }
  return rows
}
