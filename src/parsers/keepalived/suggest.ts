/** Which keyword a mistyped one was meant to be. */

/** Longest word worth comparing: the longest keyword has 35 characters. */
const LONGEST = 48

/**
 * The keyword nearest to one of the spellings, undefined when none is near enough to be worth saying. A slip of one
 * letter is always near, two in a word of six, three in a word of nine.
 */
export function suggest(spellings: readonly string[], keywords: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const spelling of spellings) {
    if (spelling.length > LONGEST) continue
    const limit = Math.min(3, Math.floor(spelling.length / 3))
    for (const keyword of keywords) {
      if (Math.abs(keyword.length - spelling.length) > limit) continue
      const distance = editDistance(spelling.toLowerCase(), keyword.toLowerCase())
      if (distance <= limit && distance < bestDistance) {
        best = keyword
        bestDistance = distance
      }
    }
  }
  return best ?? completed(spellings, keywords)
}

/** `virtual_ip` is none of the keywords, but the beginning of one. */
function completed(spellings: readonly string[], keywords: readonly string[]): string | undefined {
  const begun = keywords.filter((keyword) => spellings.some((word) => word.length > 4 && keyword.startsWith(word)))
  return begun.sort((a, b) => a.length - b.length)[0]
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a.charAt(row - 1) === b.charAt(column - 1)
      let cost = Math.min(
        cell(above, column) + 1,
        cell(current, column - 1) + 1,
        cell(above, column - 1) + (same ? 0 : 1),
      )
      const swapped = a.charAt(row - 1) === b.charAt(column - 2) && a.charAt(row - 2) === b.charAt(column - 1)
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, cell(before, column - 2) + 1)
      current.push(cost)
    }
    before = above
    above = current
  }
  return cell(above, b.length)
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
