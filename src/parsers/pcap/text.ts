/** Addresses as text, the way tcpdump prints them. */
import { be16 } from './bytes.ts'

export function ip4(b: Uint8Array, at: number): string {
  return `${b[at]}.${b[at + 1]}.${b[at + 2]}.${b[at + 3]}`
}

export function ip4Of(n: number): string {
  return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`
}

const HEX = '0123456789abcdef'

export function macAt(b: Uint8Array, at: number): string {
  let text = ''
  for (let i = 0; i < 6; i += 1) {
    const byte = b[at + i] as number
    text += `${i === 0 ? '' : ':'}${HEX[byte >> 4]}${HEX[byte & 15]}`
  }
  return text
}

/** RFC 5952: the longest run of zeros, of two words or more, becomes `::`. */
export function ip6(b: Uint8Array, at: number): string {
  const words = Array.from({ length: 8 }, (_, i) => be16(b, at + 2 * i))
  let [from, length] = [-1, 1]
  for (let i = 0; i < 8; i += 1) {
    let n = 0
    while (i + n < 8 && words[i + n] === 0) n += 1
    if (n > length) [from, length] = [i, n]
  }
  const hex = (list: readonly number[]): string => list.map((word) => word.toString(16)).join(':')
  // Mapped addresses end in a dotted quad.
  if (from === 0 && length === 5 && words[5] === 0xffff) return `::ffff:${ip4(b, at + 12)}`
  return from < 0 ? hex(words) : `${hex(words.slice(0, from))}::${hex(words.slice(from + length))}`
}
