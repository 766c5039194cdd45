/** Words of a rule of nft: braces and list commas stand for themselves, quotes hold a word together. */

/** Between two blanks nft has left out a match of iptables that it has no words for: a comment, or a condition. */
export const LOST = 'a match of iptables that nft does not show'

export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (const [, quoted, brace, plain, lost] of text.matchAll(/"([^"]*)"|([{}])|([^\s{}"]+)|(\s{2,})/g)) {
    if (lost !== undefined) words.push(LOST)
    else if (quoted !== undefined) words.push(`"${quoted}"`)
    else if (brace !== undefined) words.push(brace)
    else if (plain === ',') words.push(',')
    else if (plain?.endsWith(',')) words.push(plain.slice(0, -1), ',')
    else if (plain !== undefined) words.push(plain)
  }
  return words
}

/** A word without its quotes. */
export function bare(word: string): string {
  return word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word
}

export class Words {
  readonly #words: readonly string[]
  at = 0

  constructor(words: readonly string[]) {
    this.#words = words
  }

  get done(): boolean {
    return this.at >= this.#words.length
  }

  peek(ahead = 0): string {
    return this.#words[this.at + ahead] ?? ''
  }

  next(): string {
    return this.#words[this.at++] ?? ''
  }

  /** The next words are these; they are taken. */
  take(...wanted: readonly string[]): boolean {
    if (!wanted.every((word, ahead) => this.peek(ahead) === word)) return false
    this.at += wanted.length
    return true
  }

  /** `{ a, b : c, d . e }` to its members as text; an unclosed list takes all that is left. */
  braces(): readonly string[] {
    this.next()
    const members: string[][] = [[]]
    for (let depth = 1; !this.done; ) {
      const word = this.next()
      if (word === '{') depth++
      if (word === '}' && --depth === 0) break
      if (word === ',' && depth === 1) members.push([])
      else members.at(-1)?.push(word)
    }
    return members.map((member) => member.join(' ')).filter((member) => member !== '')
  }
}
