/** Numbers out of bytes, in both orders. */

export function be16(b: Uint8Array, at: number): number {
  return ((b[at] as number) << 8) | (b[at + 1] as number)
}

/** Signed: equality and hashing need no more. */
export function be32(b: Uint8Array, at: number): number {
  return (
    ((b[at] as number) << 24) | ((b[at + 1] as number) << 16) | ((b[at + 2] as number) << 8) | (b[at + 3] as number)
  )
}

/** Unsigned 32 bits, big-endian or little-endian. */
export function u32(b: Uint8Array, at: number, big: boolean): number {
  const value = big
    ? be32(b, at)
    : (b[at] as number) | ((b[at + 1] as number) << 8) | ((b[at + 2] as number) << 16) | ((b[at + 3] as number) << 24)
  return value >>> 0
}

export function u16(b: Uint8Array, at: number, big: boolean): number {
  return big ? be16(b, at) : (b[at] as number) | ((b[at + 1] as number) << 8)
}
