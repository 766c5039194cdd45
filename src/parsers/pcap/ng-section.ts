/** Blocks of a pcapng file (draft-ietf-opsawg-pcapng). Sections may differ in byte order; each has interfaces of its own. */
import { u16, u32 } from './bytes.ts'
import type { Losses } from './losses.ts'
import { ngOptions } from './ng-options.ts'
import { MOST_KEPT, type Port, type Sink } from './sink.ts'
import { unitsOf } from './ticks.ts'

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const STATISTICS = 5
const PACKET = 6

/** A block of another kind may be longer than the buffer: it is passed by. Beyond this the length is damaged. */
const MOST_BLOCK = 64 * 1024 * 1024
/** A packet block: its headers, the packet, and room for options. */
const MOST_PACKET_BLOCK = MOST_KEPT + 64 * 1024
/** Ports over all sections: a forged file must not fill the memory with interfaces. */
const MOST_PORTS = 4096

export class NgSection {
  /** Bytes of a long block that are still to be passed by. */
  owed = 0
  private big = false
  /** First port of this section. */
  private base = 0
  private dropped = new Map<number, number>()

  constructor(
    private readonly ports: Port[],
    private readonly losses: Losses,
    private readonly sink: Sink,
  ) {}

  /** Whole blocks in b[at, end). Returns where the first unfinished one begins. */
  walk(b: Uint8Array, from: number, end: number): number {
    let at = from
    for (;;) {
      const passed = Math.min(this.owed, end - at)
      this.owed -= passed
      at += passed
      if (this.owed > 0 || end - at < 12) return at
      const type = u32(b, at, this.big)
      if (type === SECTION && !this.begin(b, at)) return at
      const length = u32(b, at + 4, this.big)
      const packet = type === PACKET || type === OLD_PACKET || type === SIMPLE_PACKET
      if (length < 12 || length % 4 !== 0 || length > (packet ? MOST_PACKET_BLOCK : MOST_BLOCK)) {
        this.losses.stopped = `a block says that it is ${length} bytes long; the length is damaged and what follows is not read`
        return at
      }
      if (!packet && length > MOST_PACKET_BLOCK) {
        this.owed = length
        continue
      }
      if (end - at < length) return at
      if (u32(b, at + length - 4, this.big) !== length) {
        this.losses.stopped = 'the two lengths of a block differ; what follows is not read'
        return at
      }
      this.block(b, at, length, type)
      at += length
    }
  }

  /** The byte order mark decides how the length before it is to be read. */
  private begin(b: Uint8Array, at: number): boolean {
    const mark = u32(b, at + 8, true)
    if (mark !== 0x1a2b3c4d && mark !== 0x4d3c2b1a) {
      this.losses.stopped = 'a section does not say its byte order'
      return false
    }
    this.big = mark === 0x1a2b3c4d
    this.base = this.ports.length
    this.dropped = new Map()
    return true
  }

  private block(b: Uint8Array, at: number, length: number, type: number): void {
    if (type === PACKET) this.packet(b, at, length, this.base + u32(b, at + 8, this.big))
    else if (type === OLD_PACKET) this.packet(b, at, length, this.base + u16(b, at + 8, this.big))
    else if (type === SIMPLE_PACKET) this.simple(b, at, length)
    else if (type === INTERFACE) this.interface(b, at, length)
    else if (type === STATISTICS) this.statistics(b, at, length)
  }

  private packet(b: Uint8Array, at: number, length: number, index: number): void {
    if (length < 32) return void this.losses.foreign++
    const port = this.ports[index]
    const kept = u32(b, at + 20, this.big)
    if (port === undefined || kept > length - 32) return void this.losses.foreign++
    const [high, low] = [u32(b, at + 12, this.big), u32(b, at + 16, this.big)]
    this.sink.frame(b, at + 28, kept, u32(b, at + 24, this.big), port.link, index, high, low)
  }

  /** It has no time, and its length is bounded by the snap length of the first interface. */
  private simple(b: Uint8Array, at: number, length: number): void {
    const port = this.ports[this.base]
    if (port === undefined || length < 16) return void this.losses.foreign++
    const whole = u32(b, at + 8, this.big)
    const kept = Math.min(whole, length - 16, port.snaplen || MOST_KEPT)
    this.sink.frame(b, at + 12, kept, whole, port.link, this.base, 0, 0)
  }

  private interface(b: Uint8Array, at: number, length: number): void {
    if (length < 20 || this.ports.length >= MOST_PORTS) return void this.losses.foreign++
    const options = ngOptions(b, at + 16, at + length - 4, this.big)
    const units = unitsOf(options.resolution ?? 6)
    const clock = { split: false, units: units ?? 1e6, offset: options.offset ?? 0 }
    this.ports.push({
      // A resolution that no clock has: the packets count, but they have no time.
      link: units === undefined ? -1 : u16(b, at + 8, this.big),
      clock,
      snaplen: u32(b, at + 12, this.big),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.filter === undefined ? {} : { filter: options.filter }),
    })
  }

  /** Counters run from the start of the recording: the last of each interface is the sum. */
  private statistics(b: Uint8Array, at: number, length: number): void {
    if (length < 24) return
    const { dropped } = ngOptions(b, at + 20, at + length - 4, this.big)
    if (dropped === undefined) return
    const index = this.base + u32(b, at + 8, this.big)
    this.losses.dropped = (this.losses.dropped ?? 0) + dropped - (this.dropped.get(index) ?? 0)
    this.dropped.set(index, dropped)
  }
}
