/** `$NAME=value` and its use, as parser.c of keepalived 2.2 reads it. */
import { type LineBuffer, LONGEST_LINE } from './line-buffer.ts'

export interface Definition {
  /** Lines of a multi-line definition are parted by newlines. undefined: nobody can tell. */
  value: string | undefined
  multiline: boolean
  /** `${_RANDOM 1 10}`. */
  readonly parameters?: true
}

const DEFINITION = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const PARAMETERS = /[ 0-9]*/y
/** Its value is taken from the environment (2.3.2 and later); before, the text stays as it is. */
const ENVIRONMENT = /\{_ENV [ \t]*\w+\}/y
/** `$A=$A` has no end. */
const MOST_REPLACEMENTS = 1_000

export type Replaced = 'nothing' | 'done' | 'unknown'

export class Definitions {
  readonly #named = new Map<string, Definition>([
    ['_HASH', { value: '#', multiline: false }],
    ['_BANG', { value: '!', multiline: false }],
    ['_RANDOM', { value: undefined, multiline: false, parameters: true }],
  ])
  /** Definitions may be missing: a file was not seen, or a line is for hosts nobody can tell. */
  incomplete = false

  set(name: string, value: string | undefined): void {
    const known = this.#named.get(name)
    if (known === undefined) this.#named.set(name, { value, multiline: false })
    else known.value = value
  }

  /** Reads a definition; `known`: whether its line counts on this host. undefined: the line is none. */
  define(text: string, known: boolean): Definition | undefined {
    const head = DEFINITION.exec(text)
    if (head?.[1] === undefined) return undefined
    const rest = text.slice(head[0].length)
    const multiline = rest.endsWith('\\')
    const first = rest.slice(0, -1).replace(/[ \t]+$/, '')
    const value = multiline ? (first === '' ? '' : `${first}\n`) : rest
    const definition = { value: known ? value : undefined, multiline }
    this.#named.set(head[1], definition)
    return definition
  }

  /**
   * Replaces what is defined. `more` gets the further lines of a multi-line definition, which only a use at the end of
   * the line brings in. `unknown`: something stays that may have a value.
   */
  replace(buffer: LineBuffer, more: (rest: string) => void): Replaced {
    let outcome: Replaced = 'nothing'
    let at = buffer.text.indexOf('$')
    for (let count = 0; at >= 0 && at < buffer.text.length - 1; at = buffer.text.indexOf('$', at)) {
      const use = referenceAt(buffer.text, at)
      const definition = use === undefined ? undefined : this.#named.get(use.name)
      const atEnd = use !== undefined && use.end === buffer.text.length
      if (
        use === undefined ||
        definition === undefined ||
        use.parameters !== (definition.parameters && use.parameters)
      ) {
        if (use === undefined ? environmentAt(buffer.text, at) : definition === undefined && this.incomplete)
          outcome = 'unknown'
        at += 1
        continue
      }
      if (definition.value === undefined || count === MOST_REPLACEMENTS) {
        outcome = 'unknown'
        at += 1
        continue
      }
      if (definition.multiline && !atEnd) {
        at += 1
        continue
      }
      const line = definition.multiline ? definition.value.indexOf('\n') : -1
      const value = line < 0 ? definition.value : definition.value.slice(0, line)
      if (buffer.text.length - (use.end - at) + value.length > LONGEST_LINE) return 'unknown'
      if (line >= 0) more(definition.value.slice(line + 1))
      buffer.replace(at, use.end, value)
      if (outcome === 'nothing') outcome = 'done'
      count += 1
      // A sequence in a value is read when the rest of the line is.
      if (/^[ \t]*~/.test(value)) break
    }
    return outcome
  }
}

interface Reference {
  readonly name: string
  readonly end: number
  readonly parameters: true | undefined
}

/** `$NAME` before a blank, comma, closing parenthesis or the end; `${NAME}`; `${NAME 1 2}`. */
function referenceAt(text: string, dollar: number): Reference | undefined {
  const braced = text[dollar + 1] === '{'
  NAME.lastIndex = dollar + (braced ? 2 : 1)
  const name = NAME.exec(text)?.[0]
  if (name === undefined) return undefined
  let end = NAME.lastIndex
  if (!braced)
    return end === text.length || ' \t,)'.includes(text[end] ?? '') ? { name, end, parameters: undefined } : undefined
  PARAMETERS.lastIndex = end
  const given = PARAMETERS.exec(text)?.[0] ?? ''
  end += given.length
  if (text[end] !== '}' || given.endsWith(' ')) return undefined
  return { name, end: end + 1, parameters: given === '' ? undefined : true }
}

function environmentAt(text: string, dollar: number): boolean {
  ENVIRONMENT.lastIndex = dollar + 1
  return ENVIRONMENT.test(text)
}
