/**
 * Stands before pcap-parser and believes no length. The package buffers whatever a record claims to hold, copying it at every chunk:
 * one damaged length costs it minutes and hundreds of megabytes. It is handed whole records with sane lengths only.
 */
import { EventEmitter } from 'node:events'
import { type ParsedPacket, parse } from 'pcap-parser'

/** Most bytes of one packet: libpcap's limit. */
const MOST_KEPT = 262_144
const FILE_HEADER = 24
const RECORD_HEADER = 16

export interface RecordTaker {
  start(linkType: number): void
  packet(packet: ParsedPacket): void
  /** The stream is damaged from here on. */
  damaged(why: string): void
}

/** The part of a stream that pcap-parser listens to. */
class Tap extends EventEmitter {
  // Bytes are handed on as they come; there is nothing to hold back.
  pause(): void {}
  resume(): void {}
}

export class BoundedStream {
  private readonly tap = new Tap()
  private rest: Buffer = Buffer.alloc(0)
  private begun = false
  private broken = false

  constructor(private readonly taker: RecordTaker) {
    const parser = parse(this.tap as unknown as NodeJS.ReadableStream)
    parser.on('packet', (packet) => this.taker.packet(packet))
    parser.on('error', (error) => this.fail(error.message))
  }

  /** The next bytes of tcpdump's output, in whatever pieces. */
  push(chunk: Buffer): void {
    if (this.broken) return
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const end = this.wholeRecords(bytes)
    if (end > 0) this.tap.emit('data', Buffer.from(bytes.subarray(0, end)))
    this.rest = this.broken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end))
  }

  /** Bytes of a record that never came to its end. */
  end(): number {
    this.tap.emit('end')
    return this.rest.length
  }

  private wholeRecords(bytes: Buffer): number {
    let at = 0
    if (!this.begun) {
      if (bytes.length < FILE_HEADER) return 0
      if (bytes.readUInt32LE(0) !== 0xa1b2c3d4 && bytes.readUInt32BE(0) !== 0xa1b2c3d4) {
        this.fail('tcpdump wrote something that is no capture')
        return 0
      }
      this.begun = true
      this.big = bytes.readUInt32BE(0) === 0xa1b2c3d4
      this.taker.start((this.big ? bytes.readUInt32BE(20) : bytes.readUInt32LE(20)) & 0xffff)
      at = FILE_HEADER
    }
    while (bytes.length - at >= RECORD_HEADER) {
      const kept = this.big ? bytes.readUInt32BE(at + 8) : bytes.readUInt32LE(at + 8)
      if (kept > MOST_KEPT) {
        this.fail(`a packet says that it holds ${kept} bytes`)
        return at
      }
      if (bytes.length - at < RECORD_HEADER + kept) break
      at += RECORD_HEADER + kept
    }
    return at
  }

  private big = false

  private fail(why: string): void {
    this.broken = true
    this.taker.damaged(why)
  }
}
