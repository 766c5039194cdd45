/** Splits a line into words, minding double quotes. */

export interface Word {
  readonly text: string
  /** It stood in quotes: never an option, never a `!`. */
  readonly quoted: boolean
}

/**
 * Words of a line separated by blanks; `"a \"b\" c"` is one word, with backslash escapes undone.
 * `undefined` when a quote is left open: the line is cut off or was never printed by a program.
 */
export function quotedWords(line: string): readonly Word[] | undefined {
  const words: Word[] = []
  let at = 0
  while (at < line.length) {
    const char = line[at]
    if (char === ' ' || char === '\t') {
      at += 1
      continue
    }
    let text = ''
    let quoted = false
    let inside = false
    for (; at < line.length; at += 1) {
      const here = line[at] as string
      if (here === '"') {
        inside = !inside
        quoted = true
      } else if (inside && here === '\\' && at + 1 < line.length) {
        at += 1
        text += line[at]
      } else if (!inside && (here === ' ' || here === '\t')) break
      else text += here
    }
    if (inside) return undefined
    words.push({ text, quoted })
  }
  return words
}

/** Words separated by runs of blanks, no quoting. */
export function blankWords(line: string): readonly string[] {
  const trimmed = line.trim()
  return trimmed === '' ? [] : trimmed.split(/\s+/)
}

/** A whole number written in decimal digits only, `undefined` for anything else and for more than 2^53. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
