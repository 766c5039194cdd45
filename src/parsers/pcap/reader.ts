/** Bytes of a capture in, its listing out. */
import { type Listing, type ListingOptions, listing } from './listing.ts'
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
