/** The part of the npm package pcap-parser (0.2.1) that is used; it brings no types. */
declare module 'pcap-parser' {
  import type { EventEmitter } from 'node:events'

  export interface PacketHeader {
    readonly timestampSeconds: number
    readonly timestampMicroseconds: number
    readonly capturedLength: number
    readonly originalLength: number
  }

  export interface ParsedPacket {
    readonly header: PacketHeader
    readonly data: Buffer
  }

  export interface PcapParser extends EventEmitter {
    on(event: 'packet', listener: (packet: ParsedPacket) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
  }

  export function parse(input: NodeJS.ReadableStream | string): PcapParser
}
