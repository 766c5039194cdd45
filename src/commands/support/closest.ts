/** Edit distance of two short words, where two letters that changed places count as one slip; gives up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const table = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => table[row]?.[column] ?? limit + 1
  for (let row = 1; row <= a.length; row++) {
    const here = [row]
    table.push(here)
    for (let column = 1; column <= b.length; column++) {
      const change = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swap = swapped ? at(row - 2, column - 2) + 1 : limit + 1
      here.push(Math.min(change, swap, at(row - 1, column) + 1, at(row, column - 1) + 1))
    }
  }
  return at(a.length, b.length)
}

/** The candidate a mistyped word most likely meant: one letter away (two in longer words), or the one it begins. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const limit = word.replace(/^-+/, '').length < 6 ? 1 : 2
  let best: string | undefined
  let least = limit + 1
  for (const candidate of candidates) {
    const far = word.length < 60 ? distance(word, candidate, limit) : limit + 1
    if (far < least) {
      least = far
      best = candidate
    }
  }
  return best ?? (word.length > 2 ? candidates.find((candidate) => candidate.startsWith(word)) : undefined)
}
