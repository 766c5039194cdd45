/** Cuts one line of a keepalived.conf into words and braces, the way keepalived 2.2 does. */
import { CLOSE, OPEN, type Piece } from './node.ts'

const BLANK = 1
const COMMENT = 2
const QUOTE = 3
const BRACE = 4
/** Escapes, definitions, conditions and sequences: such a line has to be evaluated first. */
const SPECIAL = 5
const CLASSES = new Uint8Array(128)
for (const code of [9, 10, 11, 12, 13, 32]) CLASSES[code] = BLANK
for (const [signs, kind] of [
  ['#!', COMMENT],
  ['"', QUOTE],
  ['{}', BRACE],
  ['\\$@~', SPECIAL],
] as const)
  for (const sign of signs) CLASSES[sign.charCodeAt(0)] = kind

const NO_WORDS: readonly string[] = []

/** A piece that does not know its line yet. */
export type Words = Pick<Piece, 'keyword' | 'args' | 'column'>

/** `include` and its variants: read where a line begins, before any keyword table is asked (parser.c, is_include()). */
export const INCLUDE = /^include[rmwba]?$/

/**
 * Adds the pieces of one line. A brace stands alone wherever it is written, so `authentication{` is a keyword and a
 * brace; `#` and `!` start a comment even inside a word unless quoted; an unmatched quote loses the rest of the line:
 * as in keepalived's read_line() and alloc_strvec(). `plain`: the line as written; then false, and nothing added, when
 * it has to be evaluated first. Returns the index of an unmatched quote, or true.
 */
export function cutLine(text: string, into: Words[], plain: boolean): boolean | number {
  const before = into.length
  let keyword: string | undefined
  let column = 0
  let args: string[] | undefined
  let index = 0
  let unmatched = -1
  while (index < text.length) {
    const code = text.charCodeAt(index)
    const kind = code < 128 ? CLASSES[code] : 0
    if (kind === BLANK) {
      index += 1
      continue
    }
    // A comment that ends in a backslash leaves the backslash behind.
    if (kind === COMMENT && plain) {
      if (text.charCodeAt(text.length - 1) === 92) return refuse(into, before)
      break
    }
    if (kind === BRACE) {
      if (keyword !== undefined) into.push({ keyword, args: args ?? NO_WORDS, column })
      keyword = undefined
      args = undefined
      index += 1
      into.push({ keyword: code === 123 ? OPEN : CLOSE, args: NO_WORDS, column: index })
      continue
    }
    const start = index
    let word: string
    if (kind === QUOTE) {
      const end = text.indexOf('"', index + 1)
      if (end < 0) {
        unmatched = index
        if (plain && /[\\$]/.test(text)) return refuse(into, before)
        break
      }
      word = text.slice(index + 1, end)
      if (plain && (word.includes('$') || word.includes('\\'))) return refuse(into, before)
      index = end + 1
    } else {
      if (plain && kind === SPECIAL) return refuse(into, before)
      index = endOfWord(text, index + 1, plain)
      if (index < 0) return refuse(into, before)
      word = text.slice(start, index)
    }
    if (keyword === undefined) {
      if (plain && word.startsWith('include') && INCLUDE.test(word)) return refuse(into, before)
      keyword = word
      column = start + 1
    } else if (args === undefined) args = [word]
    else args.push(word)
  }
  if (keyword !== undefined) into.push({ keyword, args: args ?? NO_WORDS, column })
  return unmatched < 0 ? true : unmatched
}

function refuse(into: Words[], before: number): false {
  into.length = before
  return false
}

/** -1 where something stands in it that has to be evaluated. */
function endOfWord(text: string, from: number, plain: boolean): number {
  let index = from
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const kind = code < 128 ? CLASSES[code] : 0
    if (kind === 0 || (kind === COMMENT && !plain)) continue
    if (kind !== SPECIAL) return index
    // `@` and `~` mean something at the beginning of a line only.
    if (plain && code !== 64 && code !== 126) return -1
  }
  return index
}
