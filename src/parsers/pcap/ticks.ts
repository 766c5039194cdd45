/** Time stamps of captures: two 32-bit words and how many of their units make a second. */

export interface Moment {
  /** Since 1970. */
  readonly seconds: number
  readonly nanos: number
}

/** How the two words of a stamp are to be read: classic files give seconds and a fraction, pcapng one 64-bit count. */
export interface Clock {
  readonly split: boolean
  /** Units in a second. */
  readonly units: number
  /** Seconds to add (`if_tsoffset`). */
  readonly offset: number
}

export const MICROSECONDS: Clock = { split: true, units: 1e6, offset: 0 }
export const NANOSECONDS: Clock = { split: true, units: 1e9, offset: 0 }

export function momentOf(high: number, low: number, { split, units, offset }: Clock): Moment {
  // A fraction beyond a second is damage; it must not move the clock by hours.
  if (split) return { seconds: high + offset, nanos: Math.min(low, units - 1) * (1e9 / units) }
  let seconds = 0
  let rest = 0
  // Long division by 16 bits at a time: a nanosecond count needs 61 bits, a double keeps 53.
  for (const digit of [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff]) {
    const now = rest * 65_536 + digit
    const quotient = Math.floor(now / units)
    rest = now - quotient * units
    seconds = seconds * 65_536 + quotient
  }
  return { seconds: seconds + offset, nanos: Math.floor((rest / units) * 1e9 + 1e-3) }
}

/** Largest number of units that the division above takes without rounding. */
const MOST_UNITS = 2 ** 36

/** `if_tsresol`: a power of ten, or with the top bit set of two. undefined: finer than any clock. */
export function unitsOf(resolution: number): number | undefined {
  const units = resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution
  return units <= MOST_UNITS ? units : undefined
}
