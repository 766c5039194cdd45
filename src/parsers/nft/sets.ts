/** Elements of a set or map block. */

/** `elements = { 10.0.0.1, 22 : accept, 10.0.2.0/24 comment "x, y" }`: each element as printed, without timers, counters and comments. */
export function elementsOf(block: string): readonly string[] {
  const start = /\belements = \{/.exec(block)
  if (start === null) return []
  const elements: string[] = []
  let depth = 0
  let quoted = false
  let from = start.index + start[0].length
  for (let at = from; at < block.length; at++) {
    const char = block[at]
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '{') depth++
    else if (char === '}' && depth > 0) depth--
    else if (char === '}' || (char === ',' && depth === 0)) {
      elements.push(withoutAside(block.slice(from, at)))
      if (char === '}') break
      from = at + 1
    }
  }
  return elements.filter((element) => element !== '')
}

/** A map's verdict stands behind the asides of its key: `22 counter packets 0 bytes 0 : accept`. */
function withoutAside(element: string): string {
  return element
    .replace(/\s(?:timeout|expires) \S+/g, '')
    .replace(/\scounter packets \d+ bytes \d+/g, '')
    .replace(/\scomment "[^"]*"/g, '')
    .trim()
}
