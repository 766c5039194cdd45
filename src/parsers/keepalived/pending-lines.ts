/** Lines that come before the next one of the file: rests, rounds of sequences, lines of definitions. */
import type { Definitions } from './definitions.ts'
import { LineBuffer } from './line-buffer.ts'
import type { Sequence } from './sequences.ts'

/** `~SEQ` and definitions can make millions of lines out of ten; nobody reads more of them than this. */
const MOST_LINES = 100_000
const MOST_CHARACTERS = 8_000_000
const DEEPEST = 200

interface Expansion {
  /** Lines not yet read, parted by newlines. */
  readonly text: string
  index: number
  readonly column: number
  /** Sequences that were open when it began: they wait until it ends (multiline_seq_depth). */
  readonly sequences: number
}

export class PendingLines {
  #residue: LineBuffer | undefined
  readonly #sequences: Sequence[] = []
  readonly #expansions: Expansion[] = []
  #lines = 0
  #characters = 0
  exhausted = false

  residue(rest: LineBuffer): void {
    let start = 0
    while (rest.text[start] === ' ' || rest.text[start] === '\t') start += 1
    this.#residue = rest.slice(start)
  }

  repeat(sequence: Sequence): void {
    this.#sequences.push(sequence)
  }

  expand(text: string, column: number): void {
    this.#expansions.push({ text, index: 0, column, sequences: this.#sequences.length })
  }

  /** In the order of read_line(): the rest of a line, then sequences, then definitions. */
  next(definitions: Definitions): LineBuffer | undefined {
    const residue = this.#residue
    this.#residue = undefined
    if (residue !== undefined) return residue
    if (!this.#allowed()) return undefined
    const expansion = this.#expansions.at(-1)
    const sequence = this.#sequences.at(-1)
    if (sequence !== undefined && this.#sequences.length > (expansion?.sequences ?? 0)) {
      if (!sequence.next(definitions)) this.#sequences.pop()
      this.#characters += sequence.text.text.length
      return sequence.text.slice(0)
    }
    if (expansion === undefined) return undefined
    const end = expansion.text.indexOf('\n', expansion.index)
    const line = expansion.text.slice(expansion.index, end < 0 ? undefined : end)
    if (end < 0) this.#expansions.pop()
    else expansion.index = end + 1
    this.#characters += line.length
    return LineBuffer.at(line, expansion.column)
  }

  #allowed(): boolean {
    if (this.#sequences.length === 0 && this.#expansions.length === 0) return false
    this.#lines += 1
    const deep = this.#expansions.length > DEEPEST || this.#sequences.length > DEEPEST
    if (this.#lines <= MOST_LINES && this.#characters <= MOST_CHARACTERS && !deep) return true
    this.exhausted = true
    this.#sequences.length = 0
    this.#expansions.length = 0
    return false
  }
}
