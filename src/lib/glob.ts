/** File name patterns of glob(7), the part that needs no file system. */

/** Does a name fit a pattern of `*` and `?`? Undefined for sets and braces, which this does not read. */
export function fitsGlob(pattern: string, name: string): boolean | undefined {
  if (/[[\]{}\\]/.test(pattern)) return undefined
  // As the shell does it: a leading dot is not for wildcards.
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let at = 0
  let star = -1
  let resume = 0
  let i = 0
  while (i < name.length) {
    if (pattern[at] === '*') {
      star = at
      at += 1
      resume = i
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[i])) {
      at += 1
      i += 1
    } else if (star >= 0) {
      at = star + 1
      resume += 1
      i = resume
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
