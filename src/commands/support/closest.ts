/** Edit distance of two short words, giving up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const here = [row]
    for (let column = 1; column <= b.length; column++) {
      const swap = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      here.push(Math.min(swap, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1))
    }
    above = here
  }
  return above[b.length] ?? limit + 1
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
