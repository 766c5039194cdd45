/** With which letters a message can begin that a pattern fits: most of the hundred patterns then need not be compiled. */

/** The letters, or undefined where the pattern does not pin them down. Knows the forms our own wordings have. */
export function initialsOf(source: string): string | undefined {
  if (!source.startsWith('^')) return undefined
  const rest = source.slice(1)
  const group = /^\((?:\?:)?/.exec(rest)
  if (!group) return letterOf(rest)
  let depth = 1
  let letters = ''
  let expect = true
  for (let at = group[0].length; at < rest.length && depth > 0; at++) {
    const char = rest.charAt(at)
    if (expect) {
      const letter = letterOf(rest.slice(at))
      if (letter === undefined) return undefined
      letters += letter
      expect = false
    }
    if (char === '\\') at++
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === '|' && depth === 1) expect = true
    if (depth === 0 && /[?*]/.test(rest.charAt(at + 1))) return undefined
  }
  return letters
}

/** The first literal letter, or those of a class such as `[Ww]`. */
function letterOf(text: string): string | undefined {
  const known = /^(?:([A-Za-z])(?![?*])|\[([A-Za-z]+)\](?![?*]))/.exec(text)
  return known?.[1] ?? known?.[2]
}
