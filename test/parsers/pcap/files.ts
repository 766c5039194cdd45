/** Capture files made from packets, in every format there is. */

export interface Packet {
  readonly bytes: Uint8Array
  /** Length on the wire; default: all of it is there. */
  readonly length?: number
  readonly seconds: number
  /** Nanoseconds within the second. */
  readonly nanos: number
}

export interface ClassicOptions {
  readonly link: number
  readonly big?: boolean
  readonly nano?: boolean
  /** The format of a1b2cd34, with eight more bytes in each header. */
  readonly modified?: boolean
}

/** Numbers in one byte order. */
function words(big: boolean) {
  const make = (size: 2 | 4, value: number): Buffer => {
    const b = Buffer.alloc(size)
    if (size === 2) big ? b.writeUInt16BE(value) : b.writeUInt16LE(value)
    else big ? b.writeUInt32BE(value >>> 0) : b.writeUInt32LE(value >>> 0)
    return b
  }
  return { u16: (value: number) => make(2, value), u32: (value: number) => make(4, value) }
}

export function classic(packets: readonly Packet[], options: ClassicOptions): Buffer {
  const { big = false, nano = false, modified = false, link } = options
  const { u16, u32 } = words(big)
  const magic = modified ? 0xa1b2cd34 : nano ? 0xa1b23c4d : 0xa1b2c3d4
  const head = [u32(magic), u16(2), u16(4), u32(0), u32(0), u32(262_144), u32(link)]
  const records = packets.flatMap(({ bytes, length, seconds, nanos }) => [
    u32(seconds),
    u32(nano ? nanos : Math.floor(nanos / 1000)),
    u32(bytes.length),
    u32(length ?? bytes.length),
    ...(modified ? [u32(2), u16(0x0800), Buffer.from([4, 0])] : []),
    bytes,
  ])
  return Buffer.concat([...head, ...records])
}

export interface NgOptions {
  readonly links: readonly number[]
  readonly big?: boolean
  /** `if_tsresol`. */
  readonly resolution?: number
  readonly dropped?: number
  readonly filter?: string
  /** Blocks of the obsolete kind. */
  readonly old?: boolean
}

/** Packets go to the interfaces in turn. */
export function pcapng(packets: readonly Packet[], options: NgOptions): Buffer {
  const { links, big = false, resolution, dropped, filter, old = false } = options
  const { u16, u32 } = words(big)
  const pad = (b: Uint8Array): Buffer => Buffer.concat([b, Buffer.alloc((4 - (b.length % 4)) % 4)])
  const block = (type: number, ...parts: readonly Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts)
    const total = u32(body.length + 12)
    return Buffer.concat([u32(type), total, body, total])
  }
  const option = (code: number, value: Uint8Array): Buffer => Buffer.concat([u16(code), u16(value.length), pad(value)])
  const end = Buffer.concat([u16(0), u16(0)])
  const units = resolution === undefined ? 1e6 : resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution
  const stamp = ({ seconds, nanos }: Packet): Buffer => {
    const ticks = BigInt(seconds) * BigInt(units) + (BigInt(nanos) * BigInt(units)) / 1_000_000_000n
    return Buffer.concat([u32(Number(ticks >> 32n)), u32(Number(ticks & 0xffff_ffffn))])
  }
  const section = block(0x0a0d0d0a, u32(0x1a2b3c4d), u16(1), u16(0), u32(0xffffffff), u32(0xffffffff))
  const ports = links.map((link, i) =>
    block(
      1,
      u16(link),
      u16(0),
      u32(262_144),
      option(2, Buffer.from(`eth${i}`)),
      ...(resolution === undefined ? [] : [option(9, Buffer.from([resolution]))]),
      ...(filter === undefined ? [] : [option(11, Buffer.from(`\0${filter}`))]),
      end,
    ),
  )
  const records = packets.map((packet, i) => {
    const port = i % links.length
    const first = old ? Buffer.concat([u16(port), u16(0)]) : u32(port)
    const sizes = [u32(packet.bytes.length), u32(packet.length ?? packet.bytes.length)]
    return block(old ? 2 : 6, first, stamp(packet), ...sizes, pad(packet.bytes))
  })
  const big64 = (value: number): Buffer =>
    big ? Buffer.concat([u32(0), u32(value)]) : Buffer.concat([u32(value), u32(0)])
  const statistics = dropped === undefined ? [] : [block(5, u32(0), u32(0), u32(0), option(7, big64(dropped)), end)]
  return Buffer.concat([section, ...ports, ...records, ...statistics])
}

/** The packets of a plain little-endian file in microseconds: the fixtures. */
export function packetsOf(file: Uint8Array): { readonly link: number; readonly packets: readonly Packet[] } {
  const b = Buffer.from(file)
  if (b.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error('not a plain capture')
  const packets: Packet[] = []
  for (let at = 24; at + 16 <= b.length; ) {
    const kept = b.readUInt32LE(at + 8)
    packets.push({
      bytes: b.subarray(at + 16, at + 16 + kept),
      length: b.readUInt32LE(at + 12),
      seconds: b.readUInt32LE(at),
      nanos: b.readUInt32LE(at + 4) * 1000,
    })
    at += 16 + kept
  }
  return { link: b.readUInt32LE(20), packets }
}
