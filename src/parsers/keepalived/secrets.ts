/** Passwords: none stays in the tree. */
import type { ConfWord, Secret } from '../../model/facts.ts'
import type { DraftNode } from './node.ts'

/** Keywords whose argument is secret: VRRP authentication, the SSL key's pass phrase, HMAC keys. */
const SECRET = new Set(['auth_pass', 'password', 'key'])
/** Only the first eight bytes of a password go into a VRRP packet. */
const USED_BYTES = 8
const MASKED = /^<([a-z]+-\d+)\/(\d+)>$/

/**
 * Takes secrets out of the words. The reader of the text has usually masked them already, as `<secret-1/4>`; one in
 * clear becomes `<unmasked-1/4>`, numbered in the order seen, which tells no more than which ones are equal.
 */
export class Mask {
  readonly #seen = new Map<string, number>()

  /** The piece, with the argument of a secret keyword masked. */
  hide(piece: DraftNode): DraftNode {
    if (piece.args.length === 0 || !SECRET.has(piece.keyword)) return piece
    return { ...piece, args: piece.args.map((word) => this.#mask(word)) }
  }

  #mask(text: string): string {
    if (MASKED.test(text)) return text
    const bytes = new TextEncoder().encode(text)
    const used = bytes.subarray(0, USED_BYTES).join(' ')
    const number = this.#seen.get(used) ?? this.#seen.size + 1
    this.#seen.set(used, number)
    return `<unmasked-${number}/${bytes.length}>`
  }
}

/** What a masked word tells. */
export function secretOf(word: ConfWord): Secret | undefined {
  const masked = MASKED.exec(word.value)
  return masked === null ? undefined : { same: masked[1] ?? '', length: Number(masked[2]), at: word.at }
}
