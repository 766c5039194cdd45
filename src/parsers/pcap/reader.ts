/** Bytes of a capture in, its listing out. */
import { type Listing, type ListingOptions, listing } from './listing.ts'
import { MICROSECONDS } from './ticks.ts'
import { Walk } from './walk.ts'
import { Watch } from './watch.ts'

export { isCapture } from './walk.ts'

export class CaptureReader {
  private readonly watch: Watch
  private readonly walk: Walk

  constructor() {
    const ports: Walk['ports'] = []
    this.watch = new Watch(ports)
    this.walk = new Walk(this.watch, ports)
  }

  /** Where the next bytes may be put. */
  room(): Uint8Array {
    return this.walk.buffer.subarray(this.walk.have)
  }

  /** So many bytes were put there. False: no more are needed. */
  filled(count: number): boolean {
    this.walk.filled(count)
    return !this.walk.done
  }

  /** Bytes that lie elsewhere. False: no more are needed. */
  push(bytes: Uint8Array): boolean {
    this.walk.push(bytes)
    return !this.walk.done
  }

  /** A packet of a stream that somebody else has cut into records, with seconds and microseconds. */
  packet(link: number, bytes: Uint8Array, length: number, seconds: number, micros: number): void {
    const { ports } = this.walk
    if (ports.length === 0) ports.push({ link, clock: MICROSECONDS, snaplen: 0 })
    this.watch.frame(bytes, 0, bytes.length, length, link, 0, seconds, micros)
  }

  end(): void {
    this.walk.end()
  }

  get frames(): number {
    return this.watch.frames
  }

  /** What was seen until now. */
  listing(options: ListingOptions): Listing {
    return listing(this.watch, this.walk.ports, this.walk.losses, options)
  }
}
