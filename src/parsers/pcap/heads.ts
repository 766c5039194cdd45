/** Copies of the first bytes of the packets worth showing, in one block of memory that is used again and again. */
import type { Clock, Moment } from './ticks.ts'
import { momentOf } from './ticks.ts'

/** Room for the headers and a list of VIPs; what lies behind is payload. */
export const HEAD = 320
const FIRST = 256
/** 20 MiB of heads: more outstanding connections are counted and not shown. */
const MOST = 65_536

/** One shown packet as it lies in the pool. */
export interface Head {
  readonly number: number
  readonly bytes: Uint8Array
  /** Bytes of the packet that the capture holds, and that were on the wire. */
  readonly kept: number
  readonly length: number
  readonly link: number
  readonly port: number
  readonly at: Moment
  /** How often the same was seen again right behind it, and when last. */
  readonly again: number
  readonly until: Moment
}

export class Heads {
  private bytes = new Uint8Array(FIRST * HEAD)
  /** Per slot: packet number, kept, length, link, port, high, low, again, until high, until low, next slot. */
  private facts = new Float64Array(FIRST * FACTS)
  private used = 0
  private free = 0
  live = 0

  /** Copies a packet. 0: no room. */
  take(
    number: number,
    b: Uint8Array,
    at: number,
    kept: number,
    length: number,
    link: number,
    port: number,
    high: number,
    low: number,
  ): number {
    let slot = this.free
    if (slot !== 0) this.free = this.facts[slot * FACTS + NEXT] as number
    else {
      if (this.used + 1 >= MOST) return 0
      this.used += 1
      slot = this.used
      if ((slot + 1) * HEAD > this.bytes.length) this.grow()
    }
    const size = Math.min(kept, HEAD)
    const to = slot * HEAD
    const { bytes } = this
    // A view to copy from would be an object per packet.
    for (let i = 0; i < size; i += 1) bytes[to + i] = b[at + i] as number
    const f = this.facts
    const base = slot * FACTS
    f[base] = number
    f[base + 1] = kept
    f[base + 2] = length
    f[base + 3] = link
    f[base + 4] = port
    f[base + 5] = high
    f[base + 6] = low
    f[base + AGAIN] = 0
    f[base + 8] = high
    f[base + 9] = low
    f[base + NEXT] = 0
    this.live += 1
    return slot
  }

  private grow(): void {
    const bytes = new Uint8Array(this.bytes.length * 2)
    bytes.set(this.bytes)
    this.bytes = bytes
    const facts = new Float64Array(this.facts.length * 2)
    facts.set(this.facts)
    this.facts = facts
  }

  again(slot: number, high: number, low: number): void {
    const base = slot * FACTS
    this.facts[base + AGAIN] = (this.facts[base + AGAIN] as number) + 1
    this.facts[base + 8] = high
    this.facts[base + 9] = low
  }

  link(slot: number, next: number): void {
    this.facts[slot * FACTS + NEXT] = next
  }

  next(slot: number): number {
    return this.facts[slot * FACTS + NEXT] as number
  }

  /** Gives a chain of slots back. */
  release(first: number): void {
    for (let slot = first; slot !== 0; ) {
      const next = this.next(slot)
      this.facts[slot * FACTS + NEXT] = this.free
      this.free = slot
      this.live -= 1
      slot = next
    }
  }

  number(slot: number): number {
    return this.facts[slot * FACTS] as number
  }

  /** The packet in a slot. The bytes are a view: good until the next packet is taken. */
  read(slot: number, clockOf: (port: number) => Clock): Head {
    const at = (field: number): number => this.facts[slot * FACTS + field] as number
    const clock = clockOf(at(4))
    return {
      number: at(0),
      bytes: this.bytes.subarray(slot * HEAD, slot * HEAD + Math.min(at(1), HEAD)),
      kept: at(1),
      length: at(2),
      link: at(3),
      port: at(4),
      at: momentOf(at(5), at(6), clock),
      again: at(AGAIN),
      until: momentOf(at(8), at(9), clock),
    }
  }
}

const FACTS = 11
const AGAIN = 7
const NEXT = 10
