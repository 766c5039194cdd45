/** A line while it is being evaluated; every character remembers the column it comes from. */

/** Longest line keepalived 2 handles, in bytes: MAXBUF less the terminator. */
export const LONGEST_LINE = 1023

/**
 * keepalived up to 2.3 reads such a line in parts of 1023 bytes, each a line of its own, so that the second half of a
 * long comment is no comment; later releases leave the whole line out, with a complaint.
 */
export function isTooLong(text: string): boolean {
  // UTF-8 needs at most three bytes for one UTF-16 code unit.
  if (text.length * 3 <= LONGEST_LINE) return false
  return text.length > LONGEST_LINE || new TextEncoder().encode(text).length > LONGEST_LINE
}

export class LineBuffer {
  text: string
  /** 1-based column of each character. */
  #from: number[]
  /** The line is for one configuration id only, and nobody knows whether it is this host's. */
  only: string | undefined

  constructor(text: string, from: number[] = Array.from(text, (_, index) => index + 1)) {
    this.text = text
    this.#from = from.length === text.length ? from : Array.from({ length: text.length }, (_, index) => index + 1)
  }

  /** Text that stands nowhere itself: all of it comes from one column. */
  static at(text: string, column: number): LineBuffer {
    return new LineBuffer(text, new Array<number>(text.length).fill(column))
  }

  column(index: number): number {
    return this.#from[index] ?? this.#from.at(-1) ?? 1
  }

  slice(start: number, end = this.text.length): LineBuffer {
    const part = new LineBuffer(this.text.slice(start, end), this.#from.slice(start, end))
    part.only = this.only
    return part
  }

  replace(start: number, end: number, value: string): void {
    const column = this.column(start)
    const kept = this.#from.slice(end)
    this.#from.length = start
    for (let i = 0; i < value.length; i++) this.#from.push(column)
    this.#from.push(...kept)
    this.text = this.text.slice(0, start) + value + this.text.slice(end)
  }

  /**
   * Takes comments, outer blanks and the backslash of `\#` and `\!` away, as keepalived's decomment() does; a backslash
   * at the end stays, without the blanks before it. Returns whether a quote was left open.
   */
  decomment(): boolean {
    let quoted = false
    let comment = -1
    let continued = false
    for (let i = 0; i < this.text.length; i++) {
      const char = this.text[i]
      if (char === '"') {
        if (comment < 0) quoted = !quoted
      } else if (char === '\\') {
        const next = this.text[i + 1]
        if (next === undefined) {
          continued = true
          this.replace(i, i + 1, '')
        } else if (!quoted && (next === '#' || next === '!')) this.replace(i, i + 1, '')
        else i += 1
      } else if (!quoted && comment < 0 && (char === '#' || char === '!')) comment = i
    }
    if (comment >= 0) this.#cut(0, comment)
    const start = this.text.length - this.text.replace(/^[ \t]+/, '').length
    let end = this.text.length
    while (end > start && (this.text[end - 1] === ' ' || this.text[end - 1] === '\t')) end -= 1
    this.#cut(start, end)
    if (continued) this.replace(this.text.length, this.text.length, '\\')
    return quoted
  }

  /** Index of the first brace outside quotes; -1 where an open quote comes first. */
  brace(): number {
    const signs = /[{}"]/g
    for (let sign = signs.exec(this.text); sign !== null; sign = signs.exec(this.text)) {
      if (sign[0] !== '"') return sign.index
      const end = this.text.indexOf('"', sign.index + 1)
      if (end < 0) return -1
      signs.lastIndex = end + 1
    }
    return -1
  }

  #cut(start: number, end: number): void {
    if (start === 0 && end === this.text.length) return
    this.text = this.text.slice(start, end)
    this.#from = this.#from.slice(start, end)
  }
}
