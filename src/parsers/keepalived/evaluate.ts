/** One line after another made into what keepalived reads: conditions, definitions and sequences taken out. */
import type { ConditionalLines } from './conditions.ts'
import type { Definition, Definitions } from './definitions.ts'
import type { LineBuffer } from './line-buffer.ts'
import type { PendingLines } from './pending-lines.ts'
import { readSequence } from './sequences.ts'

const MOST_ROUNDS = 50

/** What came of a line. */
export interface Evaluated {
  /** The line is read on. */
  readonly left: boolean
  /** It depends on something that the evidence does not tell. */
  readonly unsure?: true
  /** `~SEQ` that keepalived calls invalid. */
  readonly invalid?: true
}

const LEFT: Evaluated = { left: true }
const GONE: Evaluated = { left: false }

/** The middle part of read_line() of keepalived 2.2 (parser.c). */
export class Evaluator {
  readonly definitions: Definitions
  readonly #pending: PendingLines
  readonly #conditions: ConditionalLines
  /** A definition of several lines that is still being read. */
  #unfinished: Definition | undefined

  constructor(definitions: Definitions, pending: PendingLines, conditions: ConditionalLines) {
    this.definitions = definitions
    this.#pending = pending
    this.#conditions = conditions
  }

  get defining(): boolean {
    return this.#unfinished !== undefined
  }

  evaluate(buffer: LineBuffer): Evaluated {
    if (buffer.text === '') return GONE
    if (this.#unfinished !== undefined) return this.#continue(this.#unfinished, buffer.text)
    for (let round = 0; ; round++) {
      if (buffer.text.startsWith('@')) {
        const outcome = this.#conditions.apply(buffer)
        if (outcome === 'drop') return GONE
      }
      if (this.#define(buffer) || this.#repeat(buffer)) return this.#outcome(buffer, GONE)
      if (/^~(?:SEQ|LST)/.test(buffer.text)) return { left: false, invalid: true }
      if (buffer.text.startsWith('~') || !buffer.text.includes('$')) return this.#outcome(buffer, LEFT)
      const replaced = this.definitions.replace(buffer, (more) => this.#pending.expand(more, buffer.column(0)))
      if (replaced === 'nothing') return this.#outcome(buffer, LEFT)
      buffer.decomment()
      if (replaced === 'unknown' || round === MOST_ROUNDS) return { left: buffer.text !== '', unsure: true }
    }
  }

  /** An empty line ends a definition of several lines. */
  emptyLine(): void {
    if (this.#unfinished?.value === '') this.#unfinished.multiline = false
    this.#unfinished = undefined
  }

  #define(buffer: LineBuffer): boolean {
    if (!buffer.text.startsWith('$')) return false
    const definition = this.definitions.define(buffer.text, buffer.only === undefined)
    if (definition?.multiline) this.#unfinished = definition
    return definition !== undefined
  }

  #repeat(buffer: LineBuffer): boolean {
    const sequence = /^~(?:SEQ|LST)/.test(buffer.text) ? readSequence(buffer, this.definitions) : undefined
    if (sequence !== undefined) this.#pending.repeat(sequence)
    return sequence !== undefined
  }

  #continue(definition: Definition, text: string): Evaluated {
    const more = text.endsWith('\\')
    const line = more ? text.slice(0, -1).trimEnd() : text
    if (line !== '' && definition.value !== undefined) definition.value += more ? `${line}\n` : line
    if (!more) this.emptyLine()
    return GONE
  }

  #outcome(buffer: LineBuffer, outcome: Evaluated): Evaluated {
    const { left } = outcome
    if (buffer.only !== undefined) return { left: left && buffer.text !== '', unsure: true }
    return left && buffer.text === '' ? GONE : outcome
  }
}
