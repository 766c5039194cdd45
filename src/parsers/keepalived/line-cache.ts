/** Lines that were cut before: the configurations of large clusters repeat a few dozen of them a thousandfold. */
import { cutLine, type Words } from './words.ts'

const MOST_LINES = 4_096
/** Longer lines hold addresses and names, which differ. */
const LONGEST = 64

export class LineCache {
  readonly #lines = new Map<string, readonly Words[]>()

  /** Pieces of a line; false where it has to be evaluated first; the index of an unmatched quote with what is before it. */
  cut(text: string): readonly Words[] | false | { readonly unmatched: number; readonly pieces: readonly Words[] } {
    const known = this.#lines.get(text)
    if (known !== undefined) return known
    const pieces: Words[] = []
    const outcome = cutLine(text, pieces, true)
    if (outcome === false) return false
    if (typeof outcome === 'number') return { unmatched: outcome, pieces }
    if (text.length <= LONGEST && this.#lines.size < MOST_LINES) this.#lines.set(text, pieces)
    return pieces
  }
}
