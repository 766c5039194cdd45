/** Options behind a block of a pcapng file. One code means different things in different blocks; the values tell them apart here. */
import { u16, u32 } from './bytes.ts'

export interface NgOptions {
  name?: string
  filter?: string
  resolution?: number
  /** Seconds. */
  offset?: number
  /** `isb_ifdrop` or `isb_osdrop`: the larger. */
  dropped?: number
}

const TEXT = 256

/** Options of an interface (2, 9, 11, 14) and of its statistics (5, 7) have no code in common. */
export function ngOptions(b: Uint8Array, from: number, end: number, big: boolean): NgOptions {
  const found: NgOptions = {}
  for (let at = from; at + 4 <= end; ) {
    const code = u16(b, at, big)
    const length = u16(b, at + 2, big)
    const value = at + 4
    if (code === 0 || value + length > end) return found
    if (code === 2) found.name = text(b, value, length)
    else if (code === 9 && length === 1) found.resolution = b[value] as number
    // The first byte tells the kind of filter: 0 is a text for libpcap.
    else if (code === 11 && length > 1 && b[value] === 0) found.filter = text(b, value + 1, length - 1)
    else if (code === 14 && length === 8) found.offset = count(b, value, big)
    else if ((code === 5 || code === 7) && length === 8)
      found.dropped = Math.max(found.dropped ?? 0, count(b, value, big))
    at = value + ((length + 3) & ~3)
  }
  return found
}

function count(b: Uint8Array, at: number, big: boolean): number {
  const [high, low] = big ? [u32(b, at, big), u32(b, at + 4, big)] : [u32(b, at + 4, big), u32(b, at, big)]
  const value = high * 2 ** 32 + low
  return Number.isSafeInteger(value) ? value : 0
}

/** Printable ASCII alone: it goes into a line of text. */
function text(b: Uint8Array, at: number, length: number): string {
  let out = ''
  for (let i = at; i < at + Math.min(length, TEXT); i += 1) {
    const code = b[i] as number
    if (code === 0) break
    out += code > 0x1f && code < 0x7f ? String.fromCharCode(code) : '?'
  }
  return out
}
