/** A small drawing board of character cells: lines of `+-|` and texts, with tones. */
import type { Measure } from './measure.ts'
import type { Line, Span, Tone } from './spans.ts'

interface Cell {
  /** '' is the second half of a wide character. */
  readonly text: string
  readonly tone: Tone
  /** Part of a drawn line, not of a text. */
  readonly ink: boolean
}

/** Box drawing by which neighbours a cell is joined to: up 1, right 2, down 4, left 8. */
const JOINTS = ' ╵╶└╷│┌├╴┘─┴┐┤┬┼'

export class Canvas {
  readonly #rows: Cell[][] = []
  readonly #measure: Measure

  constructor(measure: Measure) {
    this.#measure = measure
  }

  /** Texts go over lines, later ones over earlier ones. */
  put(x: number, y: number, text: string, tone: Tone = 'plain'): void {
    let at = x
    for (const character of text) {
      const width = this.#measure(character)
      if (width === 0) continue
      this.#set(at, y, { text: character, tone, ink: false })
      if (width === 2) this.#set(at + 1, y, { text: '', tone, ink: false })
      at += width
    }
  }

  /** A horizontal line from x1 to x2, both included. */
  across(x1: number, x2: number, y: number, tone: Tone = 'plain'): void {
    for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x += 1) {
      this.#set(x, y, { text: this.#inkAt(x, y) ? '+' : '-', tone, ink: true })
    }
  }

  /** A vertical line from y1 down to y2; it joins lines that it begins or ends on and passes over others. */
  down(x: number, y1: number, y2: number, tone: Tone = 'plain'): void {
    for (let y = y1; y <= y2; y += 1) {
      const joint = (y === y1 || y === y2) && this.#inkAt(x, y)
      this.#set(x, y, { text: joint ? '+' : '|', tone, ink: true })
    }
  }

  lines(unicode: boolean): Line[] {
    return this.#rows.map((row, y) => {
      const pieces: Span[] = []
      for (const [x, cell] of row.entries()) {
        const text = unicode && cell.ink ? this.#joint(x, y) : cell.text
        const last = pieces.at(-1)
        if (last?.tone === cell.tone) pieces[pieces.length - 1] = { text: last.text + text, tone: cell.tone }
        else pieces.push({ text, tone: cell.tone })
      }
      return pieces
    })
  }

  #set(x: number, y: number, cell: Cell): void {
    while (this.#rows.length <= y) this.#rows.push([])
    const row = this.#rows[y] ?? []
    while (row.length <= x) row.push({ text: ' ', tone: 'plain', ink: false })
    row[x] = cell
  }

  #inkAt(x: number, y: number): boolean {
    return this.#rows[y]?.[x]?.ink === true
  }

  #joint(x: number, y: number): string {
    const own = this.#rows[y]?.[x]?.text
    const joins = (dx: number, dy: number, against: string): boolean => {
      const cell = this.#rows[y + dy]?.[x + dx]
      return own !== against && cell?.ink === true && cell.text !== against
    }
    const up = joins(0, -1, '-') ? 1 : 0
    const right = joins(1, 0, '|') ? 2 : 0
    const below = joins(0, 1, '-') ? 4 : 0
    const left = joins(-1, 0, '|') ? 8 : 0
    if (own === '-') return '─'
    if (own === '|') return '│'
    return JOINTS[up + right + below + left] ?? '+'
  }
}
