/** Command lines taken apart the way a POSIX shell does, as far as recognising them needs. */

export interface Token {
  readonly word: string
  /** An operator: `|`, `&&`, `;`, `>` … */
  readonly op: boolean
  readonly start: number
  readonly end: number
}

const OPERATOR = /(?:&&|\|\||;;|\|&|&>>?|\d?>>?&?\d?|<<<|<<-?|\d?<|[|;&])/y

/** Tokens of one line: quotes removed, operators apart, a `#` at the start of a word ends the line. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  let i = 0
  while (i < text.length) {
    const char = text.charAt(i)
    if (char === ' ' || char === '\t') {
      i += 1
      continue
    }
    if (char === '#') break
    OPERATOR.lastIndex = i
    const op = '|&;<>0123456789'.includes(char) ? OPERATOR.exec(text)?.[0] : undefined
    if (op !== undefined) {
      found.push({ word: op, op: true, start: i, end: i + op.length })
      i += op.length
      continue
    }
    const end = endOfWord(text, i)
    found.push({ word: unquote(text.slice(i, end)), op: false, start: i, end })
    i = end
  }
  return found
}

function endOfWord(text: string, start: number): number {
  let i = start
  while (i < text.length) {
    const char = text.charAt(i)
    if (' \t|;&<>'.includes(char)) break
    if (char === '\\') i += 1
    else if (char === '$' && text.charAt(i + 1) === '(') i = closing(text, i + 1, ')')
    else if (char === "'" || char === '"' || char === '`') i = closing(text, i, char)
    i += 1
  }
  return Math.min(Math.max(i, start + 1), text.length)
}

/** Index of the character that closes what opens at `from`; `from` itself when nothing does. */
function closing(text: string, from: number, close: string): number {
  const end = text.indexOf(close, from + 1)
  return end === -1 ? from : end
}

function unquote(raw: string): string {
  return /["'\\]/.test(raw) ? raw.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, '$1$2$3') : raw
}

/** The words of a line, operators included. */
export function shellWords(text: string): string[] {
  return tokens(text).map((token) => token.word)
}

/** The line without a trailing comment. */
export function withoutComment(text: string): string {
  const last = tokens(text).at(-1)
  return last === undefined ? '' : text.slice(0, last.end).trim()
}

export interface Simple {
  readonly text: string
  readonly tokens: readonly Token[]
}

const SEPARATORS = new Set(['&&', '||', ';', ';;', '&'])
const KEYWORDS = new Set(['do', 'then', 'else', '{', '(', '!', 'if', 'while'])

/** `a && b; c | d` -> `a`, `b`, `c | d`; the shell's own words before a command are dropped. */
export function splitList(text: string): Simple[] {
  const parts: Simple[] = []
  let run: Token[] = []
  const flush = (): void => {
    while (run[0] !== undefined && KEYWORDS.has(run[0].word)) run.shift()
    const first = run[0]
    const last = run.at(-1)
    if (first !== undefined && last !== undefined) parts.push({ text: text.slice(first.start, last.end), tokens: run })
    run = []
  }
  for (const token of tokens(text)) {
    if (token.op && SEPARATORS.has(token.word)) flush()
    else run.push(token)
  }
  flush()
  return parts
}

/** Stages of a pipeline. */
export function splitPipe(list: readonly Token[]): Token[][] {
  const stages: Token[][] = [[]]
  for (const token of list) {
    if (token.op && token.word.startsWith('|')) stages.push([])
    else stages.at(-1)?.push(token)
  }
  return stages
}
