/** The Internet checksum (RFC 1071). */
import type { Ip } from './frame.ts'

/** 0 over a range that holds its own right checksum. */
export function checksum(b: Uint8Array, at: number, length: number, start: number): number {
  let sum = start
  for (let i = at; i < at + length; i += 2) sum += ((b[i] ?? 0) << 8) | (i + 1 < at + length ? (b[i + 1] ?? 0) : 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

/** Sum over the pseudo header of VRRP version 3 (RFC 5798, 5.2.8). */
export function pseudo({ src, dst, proto, version }: Ip, length: number): number {
  const words = [...wordsOf(src, version), ...wordsOf(dst, version)]
  return words.reduce((sum, word) => sum + word, (proto === 51 ? 112 : proto) + length)
}

function wordsOf(ip: string, version: 4 | 6): readonly number[] {
  if (version === 4) {
    const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  }
  // The zeros that `::` stands for add nothing, but a dotted end holds two words.
  return ip.split(':').flatMap((word) => (word.includes('.') ? wordsOf(word, 4) : Number.parseInt(word || '0', 16)))
}
