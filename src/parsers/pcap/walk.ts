/**
 * Walks the records of a capture file without making an object of any. The caller reads into `buffer` behind `have` and says how
 * much came; whole records go to the sink at once, the rest moves to the front. Memory does not grow with the file.
 */
import { u16, u32 } from './bytes.ts'
import { type Losses, noLosses } from './losses.ts'
import { NgSection } from './ng-section.ts'
import { MOST_KEPT, type Port, type Sink } from './sink.ts'
import { type Clock, MICROSECONDS, NANOSECONDS } from './ticks.ts'

const BUFFER = 1024 * 1024

const CLASSIC: Readonly<Record<number, { readonly clock: Clock; readonly header: number }>> = {
  2712847316: { clock: MICROSECONDS, header: 16 }, // a1b2c3d4
  2712812621: { clock: NANOSECONDS, header: 16 }, // a1b23c4d
  2712849716: { clock: MICROSECONDS, header: 24 }, // a1b2cd34, with interface and packet type behind each header
}
const SECTION_HEADER = 0x0a0d0d0a

/** Is this the beginning of a capture? Four bytes tell. */
export function isCapture(head: Uint8Array): boolean {
  if (head.length < 4) return false
  return (
    u32(head, 0, true) === SECTION_HEADER ||
    CLASSIC[u32(head, 0, true)] !== undefined ||
    CLASSIC[u32(head, 0, false)] !== undefined
  )
}

export class Walk {
  readonly buffer = new Uint8Array(BUFFER)
  /** Bytes in the buffer that wait for the rest of their record. */
  have = 0
  readonly losses: Losses = noLosses()
  private format: 'unknown' | 'classic' | 'ng' | 'done' = 'unknown'
  private big = false
  private header = 16
  private readonly section: NgSection

  constructor(
    private readonly sink: Sink,
    readonly ports: Port[],
  ) {
    this.section = new NgSection(this.ports, this.losses, sink)
  }

  /** Nothing more will be taken. */
  get done(): boolean {
    return this.format === 'done'
  }

  /** `count` bytes were put at `have`. */
  filled(count: number): void {
    this.have += count
    let used = 0
    if (this.format === 'unknown') used = this.begin()
    if (this.format === 'classic') used = this.classic(used)
    else if (this.format === 'ng') {
      used = this.section.walk(this.buffer, used, this.have)
      if (this.losses.stopped !== undefined) this.format = 'done'
    }
    if (this.format === 'done') used = this.have
    if (used > 0) this.buffer.copyWithin(0, used, this.have)
    this.have -= used
  }

  /** The same for bytes that lie elsewhere. */
  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length && !this.done; ) {
      const part = bytes.subarray(from, from + this.buffer.length - this.have)
      this.buffer.set(part, this.have)
      this.filled(part.length)
      from += part.length
    }
  }

  /** The file has ended. */
  end(): void {
    if (this.format === 'unknown') this.stop(this.have === 0 ? 'the file is empty' : 'the file ends inside its header')
    else if (this.format !== 'done') this.losses.cutBytes = this.have + this.section.owed
    this.format = 'done'
  }

  private stop(why: string): void {
    this.losses.stopped = why
    this.format = 'done'
  }

  private begin(): number {
    const { buffer: b, have } = this
    if (have < 4) return 0
    if (u32(b, 0, true) === SECTION_HEADER) {
      this.format = 'ng'
      return 0
    }
    this.big = CLASSIC[u32(b, 0, true)] !== undefined
    const kind = CLASSIC[u32(b, 0, this.big)]
    if (kind === undefined) {
      this.stop('it does not begin as a capture does')
      return 0
    }
    if (have < 24) return 0
    this.header = kind.header
    const major = u16(b, 4, this.big)
    if (major !== 2) {
      this.stop(`version ${major} of the format is not known`)
      return 0
    }
    // The upper half holds the length of a frame check sequence.
    const link = u32(b, 20, this.big) & 0xffff
    this.ports.push({ link, clock: kind.clock, snaplen: u32(b, 16, this.big) })
    this.format = 'classic'
    return 24
  }

  private classic(from: number): number {
    const { buffer: b, have, big, header, sink } = this
    const link = this.ports[0]?.link ?? 0
    let at = from
    while (have - at >= header) {
      const kept = u32(b, at + 8, big)
      if (kept > MOST_KEPT) {
        this.stop(`a record says that it holds ${kept} bytes; the length is damaged and what follows is not read`)
        return have
      }
      if (have - at < header + kept) break
      sink.frame(b, at + header, kept, u32(b, at + 12, big), link, 0, u32(b, at, big), u32(b, at + 4, big))
      at += header + kept
    }
    return at
  }
}
