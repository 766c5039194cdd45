/** Cuts one line of a keepalived.conf into words and braces, the way keepalived 2.2 does. */

export interface Word {
  readonly text: string
  /** 1-based column of the first character. */
  readonly column: number
}

/** A run of words up to a brace or the end of the line, or the brace itself. */
export type Piece =
  | { readonly kind: 'words'; readonly line: number; readonly words: readonly [Word, ...Word[]] }
  | { readonly kind: 'open' | 'close'; readonly line: number; readonly column: number }

const BLANK = /[ \t\r\f\v]/

/**
 * Pieces of one line; `line` is its 0-based number. A brace stands alone wherever it is written, so `authentication{`
 * is a keyword and a brace. `#` and `!` start a comment even inside a word unless quoted or escaped, `${NAME}` is no
 * brace, and an unmatched quote loses the rest of the line: all as in keepalived's read_line() and alloc_strvec().
 */
export function cutLine(text: string, line: number): Piece[] {
  const pieces: Piece[] = []
  let words: Word[] = []
  const flush = () => {
    const [first, ...rest] = words
    if (first !== undefined) pieces.push({ kind: 'words', line, words: [first, ...rest] })
    words = []
  }
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '#' || char === '!') break
    if (BLANK.test(char)) {
      at += 1
    } else if (char === '{' || char === '}') {
      flush()
      pieces.push({ kind: char === '{' ? 'open' : 'close', line, column: at + 1 })
      at += 1
    } else if (char === '"') {
      const end = text.indexOf('"', at + 1)
      if (end < 0) break
      words.push({ text: text.slice(at + 1, end), column: at + 1 })
      at = end + 1
    } else {
      const end = endOfWord(text, at)
      words.push({ text: unescapeComment(text.slice(at, end)), column: at + 1 })
      at = end
    }
  }
  flush()
  return pieces
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '\\') {
      at += 2
    } else if (char === '$' && text.charAt(at + 1) === '{') {
      at = endOfVariable(text, at)
    } else if (BLANK.test(char) || '#!"{}'.includes(char)) {
      break
    } else {
      at += 1
    }
  }
  return Math.min(at, text.length)
}

/** Past the `}` of `${NAME}`; past the `$` alone where no such name stands there. */
function endOfVariable(text: string, dollar: number): number {
  let at = dollar + 2
  while (at < text.length && /\w/.test(text.charAt(at))) at += 1
  return at > dollar + 2 && text.charAt(at) === '}' ? at + 1 : dollar + 1
}

/** `\#` and `\!` are how a comment character gets into a word. */
function unescapeComment(word: string): string {
  return word.includes('\\') ? word.replace(/\\([#!])/g, '$1') : word
}
