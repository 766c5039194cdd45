/** With which letters a message can begin that a pattern fits: most of the hundred patterns then need not be compiled. */

/** The letters, or undefined where the pattern does not pin them down. Knows the forms our own wordings have. */
export function initialsOf(source: string): string | undefined {
  if (!source.startsWith('^')) return undefined
  const rest = source.slice(1)
  if (!rest.startsWith('(')) return lettersAt(rest, 0)
  let depth = 1
  let letters = ''
  let expect = true
  for (let at = rest.startsWith('(?:') ? 3 : 1; at < rest.length && depth > 0; at++) {
    const char = rest.charAt(at)
    if (expect) {
      const letter = lettersAt(rest, at)
      if (letter === undefined) return undefined
      letters += letter
      expect = false
    }
    if (char === '\\') at++
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === '|' && depth === 1) expect = true
    if (depth === 0 && mayBeLeftOut(rest, at + 1)) return undefined
  }
  return letters
}

/** The literal letter that stands there, or those of a class such as `[Ww]`. */
function lettersAt(text: string, at: number): string | undefined {
  const open = text.charAt(at) === '['
  const end = open ? text.indexOf(']', at) : at + 1
  const letters = text.slice(open ? at + 1 : at, end)
  const literal = end > at && /^[A-Za-z]+$/.test(letters)
  return literal && !mayBeLeftOut(text, open ? end + 1 : end) ? letters : undefined
}

function mayBeLeftOut(text: string, quantifier: number): boolean {
  const char = text.charAt(quantifier)
  return char === '?' || char === '*'
}
