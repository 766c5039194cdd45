/** What is said again and again on a wire - adverts, ARP, errors - is shown a few times, then counted. */
import type { Heads } from './heads.ts'
import { Table } from './table.ts'
import type { Clock } from './ticks.ts'

/** How much of one kind is shown. */
export interface Measure {
  /** Times that each statement is shown before it is only counted … */
  readonly first: number
  /** … and shown again after this many seconds of silence … */
  readonly silence: number
  /** … but no more than so often. */
  readonly most: number
  /** Packets of the kind that are shown in all. */
  readonly room: number
}

export class Kind {
  private readonly table: Table
  private readonly seen: Int32Array
  private readonly shown: Int32Array
  private readonly slot: Int32Array
  private readonly last: Float64Array
  room: number
  /** Packets that are neither shown nor counted behind one that is. */
  leftOut = 0
  total = 0

  constructor(
    private readonly measure: Measure,
    private readonly heads: Heads,
  ) {
    this.room = measure.room
    this.table = new Table(measure.room)
    this.seen = new Int32Array(measure.room + 1)
    this.shown = new Int32Array(measure.room + 1)
    this.slot = new Int32Array(measure.room + 1)
    this.last = new Float64Array((measure.room + 1) * 2)
  }

  /** Decides about a packet. True: the caller shows it and says so with `show`. `silence` overrides the measure's. */
  wants(
    a: number,
    b: number,
    c: number,
    high: number,
    low: number,
    clock: Clock,
    silence = this.measure.silence,
  ): number {
    this.total += 1
    const n = this.table.find(a, b, c) || this.table.add(a, b, c)
    if (n === 0) {
      this.leftOut += 1
      return 0
    }
    this.seen[n] = (this.seen[n] as number) + 1
    const shown = this.shown[n] as number
    const fresh = shown < this.measure.first || (shown < this.measure.most && this.gap(n, high, low, clock) > silence)
    this.last[n * 2] = high
    this.last[n * 2 + 1] = low
    if (fresh && this.room > 0) return n
    const slot = this.slot[n] as number
    if (slot === 0) this.leftOut += 1
    else this.heads.again(slot, high, low)
    return 0
  }

  show(n: number, slot: number): void {
    if (slot === 0) {
      this.leftOut += 1
      return
    }
    this.room -= 1
    this.shown[n] = (this.shown[n] as number) + 1
    this.slot[n] = slot
  }

  /** Seconds since it was seen last. */
  private gap(n: number, high: number, low: number, { split, units }: Clock): number {
    const highs = high - (this.last[n * 2] as number)
    const lows = low - (this.last[n * 2 + 1] as number)
    return Math.abs(split ? highs + lows / units : (highs * 2 ** 32 + lows) / units)
  }
}
