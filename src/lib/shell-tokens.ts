/** The words and operators of a shell script. Knows quotes, comments and continued lines; no here-documents. */

export interface ShellToken {
  /** A word as written, quotes undone; or the operator. */
  readonly text: string
  readonly op: boolean
  /** Part of it stood in quotes or comes from an expansion: never a keyword. */
  readonly quoted: boolean
  /** Index of the line it begins on. */
  readonly line: number
}

const OPERATORS = ['&&', '||', ';;', ';', '&', '|', '(', ')', '\n']
/** Longer scripts are programs. */
const LONGEST = 64 * 1024
const DEEPEST = 20

/** undefined: not understood (a here-document, an open quote, far too long). */
export function shellTokens(lines: readonly string[]): readonly ShellToken[] | undefined {
  const text = `${lines.join('\n')}\n`
  if (text.length > LONGEST) return undefined
  const tokens: ShellToken[] = []
  let line = 0
  let at = 0
  while (at < text.length) {
    const char = text[at] as string
    if (char === ' ' || char === '\t' || char === '\r') at += 1
    else if (char === '\\' && text[at + 1] === '\n') {
      at += 2
      line += 1
    } else if (char === '#') at = endOfLine(text, at)
    else if (char === '<' || char === '>') {
      if (text.startsWith('<<', at)) return undefined
      // A redirection and its target decide nothing here: `>/dev/null`, `2>&1`.
      const target = /^[<>]+[&|]?[ \t]*/.exec(text.slice(at, at + 20))?.[0].length ?? 1
      const end = wordEnd(text, at + target)
      if (end === undefined) return undefined
      if (/^\d$/.test(tokens.at(-1)?.text ?? '') && text[at - 1] === tokens.at(-1)?.text) tokens.pop()
      at = end
    } else {
      const op = OPERATORS.find((sign) => text.startsWith(sign, at))
      const end = op === undefined ? wordEnd(text, at) : at + op.length
      if (end === undefined) return undefined
      const raw = text.slice(at, end)
      tokens.push(op === undefined ? { ...word(raw), op: false, line } : { text: op, op: true, quoted: false, line })
      for (const letter of raw) if (letter === '\n') line += 1
      at = end
    }
  }
  return tokens
}

function word(raw: string): { text: string; quoted: boolean } {
  const text = raw.replace(/\\(.)/g, '$1').replace(/(["'])((?:(?!\1).)*)\1/gs, '$2')
  return { text, quoted: text !== raw || raw.includes('$') || raw.includes('`') }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Index behind the word that begins at `from`; undefined where a quote or bracket is never closed. */
function wordEnd(text: string, from: number): number | undefined {
  let at = from
  while (at < text.length) {
    const char = text[at] as string
    if (/[\s;&|()<>]/.test(char)) return at
    const end = skip(text, at, 0)
    if (end === undefined) return undefined
    at = end
  }
  return at
}

/** Past one character, or past the quotes, substitution or expansion that begins there. */
function skip(text: string, at: number, depth: number): number | undefined {
  const char = text[at]
  if (depth > DEEPEST) return undefined
  if (char === '\\') return at + 2
  if (char === "'" || char === '`') {
    const end = text.indexOf(char, at + 1)
    return end < 0 ? undefined : end + 1
  }
  if (char === '"') return until(text, at + 1, '"', depth)
  if (char === '$' && text[at + 1] === '(') return until(text, at + 2, ')', depth)
  if (char === '$' && text[at + 1] === '{') return until(text, at + 2, '}', depth)
  return at + 1
}

function until(text: string, from: number, close: string, depth: number): number | undefined {
  let at = from
  while (at < text.length) {
    if (text[at] === close) return at + 1
    // Inside a substitution a bracket of its own belongs to it: `$((1 + 2))`.
    const inner = close === ')' && text[at] === '(' ? until(text, at + 1, ')', depth + 1) : undefined
    // In double quotes a single quote is a letter.
    const next = inner ?? (close === '"' && text[at] === "'" ? at + 1 : skip(text, at, depth + 1))
    if (next === undefined) return undefined
    at = next
  }
  return undefined
}
