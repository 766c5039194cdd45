/** Where the packets of a capture go, one call each. */
import type { Clock } from './ticks.ts'

/** Where packets go. `port`: index into `ports` of the walk. The bytes are valid during the call only. */
export interface Sink {
  frame(
    bytes: Uint8Array,
    at: number,
    kept: number,
    length: number,
    link: number,
    port: number,
    high: number,
    low: number,
  ): void
}

/** One interface of a capture. */
export interface Port {
  readonly link: number
  readonly clock: Clock
  readonly snaplen: number
  readonly name?: string
  readonly filter?: string
}

/** Most bytes of one packet (MAXIMUM_SNAPLEN of libpcap). More is a damaged length. */
export const MOST_KEPT = 262_144
