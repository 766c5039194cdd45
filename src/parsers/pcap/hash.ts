/** Bytes to one 32-bit number, for keys of tables. */

export function hashBytes(b: Uint8Array, from: number, end: number, seed: number): number {
  let h = seed ^ 0x811c9dc5
  for (let i = from; i < end; i += 1) h = Math.imul(h ^ (b[i] as number), 0x01000193)
  return h ^ (h >>> 15)
}

/** An IPv6 address: two that fall together are one in four thousand million. */
export function hashIp6(b: Uint8Array, at: number): number {
  return hashBytes(b, at, at + 16, 6)
}
