/** One set of packets in every file format reads the same, and what is damaged is said. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'pcap-parser'
import { describe, expect, it } from 'vitest'
import { CaptureReader } from '../../../src/parsers/pcap/reader.ts'
import { momentOf } from '../../../src/parsers/pcap/ticks.ts'
import { Walk } from '../../../src/parsers/pcap/walk.ts'
import { classic, packetsOf, pcapng } from './files.ts'
import { made } from './made.ts'

function listed(file: Uint8Array, piece = file.length) {
  const reader = new CaptureReader()
  for (let at = 0; at < file.length; at += piece) if (!reader.push(file.subarray(at, at + piece))) break
  reader.end()
  return { ...reader.listing({ name: 'x' }), frames: reader.frames }
}

const packets = made(3, 400, 1)
const plain = classic(packets, { link: 1 })
const expected = listed(plain).lines

describe('the formats', () => {
  it.each([
    ['big-endian', classic(packets, { link: 1, big: true })],
    ['nanoseconds', classic(packets, { link: 1, nano: true })],
    ['nanoseconds, big-endian', classic(packets, { link: 1, nano: true, big: true })],
    ['modified', classic(packets, { link: 1, modified: true })],
    ['pcapng', pcapng(packets, { links: [1] })],
    ['pcapng, big-endian', pcapng(packets, { links: [1], big: true })],
    ['pcapng, nanoseconds', pcapng(packets, { links: [1], resolution: 9 })],
    ['pcapng, nanoseconds, big-endian', pcapng(packets, { links: [1], resolution: 9, big: true })],
    ['pcapng, a power of two finer than a microsecond', pcapng(packets, { links: [1], resolution: 0x80 | 30 })],
    ['pcapng, blocks of the obsolete kind', pcapng(packets, { links: [1], old: true })],
    [
      'two sections',
      Buffer.concat([
        pcapng(packets.slice(0, 200), { links: [1] }),
        pcapng(packets.slice(200), { links: [1], big: true }),
      ]),
    ],
  ])('%s', (_, file) => {
    const { lines, frames } = listed(file)
    expect(frames).toBe(packets.length)
    // 2^30 units in a second do not hold a microsecond exactly.
    const rounded = (line: string) => line.replaceAll(/(\d\d:\d\d:\d\d\.\d{5})\d/g, '$1')
    if (_.includes('power of two')) expect(lines.length).toBe(expected.length)
    else expect(lines.map(rounded)).toEqual(expected.map(rounded))
  })

  it.each([1, 7, 64, 1000, 65_536])('in pieces of %i bytes', (piece) => {
    expect(listed(plain, piece).lines).toEqual(expected)
    expect(listed(pcapng(packets, { links: [1], resolution: 9 }), piece).frames).toBe(packets.length)
  })

  it('several interfaces of several kinds', () => {
    const mixed = [made(5, 50, 1), made(5, 50, 113), made(5, 50, 276)]
    const inTurn = Array.from(
      { length: 150 },
      (_, i) => (mixed[i % 3] as (typeof mixed)[0])[Math.floor(i / 3)] as (typeof packets)[0],
    )
    const { frames, lost } = listed(pcapng(inTurn, { links: [1, 113, 276] }))
    expect([frames, lost]).toEqual([150, []])
  })

  it('tells what the recording lost, where the file knows it', () => {
    expect(listed(pcapng(packets, { links: [1], dropped: 12 })).lines.at(-1)).toBe('12 packets dropped by kernel')
  })

  it('stamps keep their nanoseconds through 64-bit counts', () => {
    const ticks = 1_700_000_123n * 1_000_000_000n + 987_654_321n
    const [high, low] = [Number(ticks >> 32n), Number(ticks & 0xffff_ffffn)]
    expect(momentOf(high, low, { split: false, units: 1e9, offset: 0 })).toEqual({
      seconds: 1_700_000_123,
      nanos: 987_654_321,
    })
  })
})

describe('damage', () => {
  it('a file cut at any byte gives what came before, and says so', () => {
    for (const file of [plain, pcapng(packets, { links: [1] })]) {
      for (let end = 0; end < 6000; end += 13) {
        const { frames, lost, whole } = listed(file.subarray(0, end))
        expect(frames).toBeLessThan(90)
        if (frames > 0 && lost.length > 0) expect(whole).toBe(false)
        if (end < 24) expect(lost[0]).toMatch(/empty|header|middle/)
      }
    }
  })

  it.each([
    ['little', 0xffff_ffff],
    ['little', 262_145],
    ['big', 0x7fff_ffff],
  ] as const)('an absurd length, %s-endian: reported, nothing is kept of what follows', (order, length) => {
    const file = classic(packets, { link: 1, big: order === 'big' })
    const second = 24 + 16 + (packets[0]?.bytes.length ?? 0)
    if (order === 'big') file.writeUInt32BE(length, second + 8)
    else file.writeUInt32LE(length, second + 8)
    const { frames, lost } = listed(file)
    expect(frames).toBe(1)
    expect(lost).toEqual([
      `a record says that it holds ${length} bytes; the length is damaged and what follows is not read`,
    ])
  })

  it('a pcapng block that is longer than the buffer is passed by, or refused', () => {
    const file = pcapng(packets, { links: [1] })
    const long = Buffer.alloc(3 * 1024 * 1024)
    long.writeUInt32LE(0x0bad, 0)
    long.writeUInt32LE(long.length, 4)
    long.writeUInt32LE(long.length, long.length - 4)
    const head = file.subarray(0, 28)
    expect(listed(Buffer.concat([head, long, file.subarray(28)])).frames).toBe(packets.length)
    long.writeUInt32LE(0xffff_fffc, 4)
    expect(listed(Buffer.concat([head, long, file.subarray(28)])).lost[0]).toContain('4294967292 bytes long')
  })

  it('packets cut short by the snap length are counted', () => {
    const cut = packets.map((packet) => ({
      ...packet,
      bytes: packet.bytes.subarray(0, 20),
      length: packet.bytes.length,
    }))
    const { frames, lost } = listed(classic(cut, { link: 1 }))
    expect(frames).toBe(packets.length)
    expect(lost[0]).toMatch(/^\d+ packets of which too little was kept$/)
  })

  it('what is no capture is said to be none', () => {
    expect(listed(Buffer.from('hello, this is text and no capture')).lost).toEqual([
      'it does not begin as a capture does',
    ])
  })
})

describe('pcap-parser', () => {
  const folder = join(import.meta.dirname, '../../../fixtures/outputs/tcpdump/pcap')
  const files = [
    ...readdirSync(folder).map((name) => readFileSync(join(folder, name))),
    plain,
    classic(packets, { link: 1, big: true }),
  ]

  it.each(files.map((file, i) => [i, file] as const))('finds the same records, file %i', async (_, file) => {
    const ours: unknown[] = []
    const sink = {
      frame: (
        b: Uint8Array,
        at: number,
        kept: number,
        length: number,
        _link: number,
        _port: number,
        high: number,
        low: number,
      ) => void ours.push([high, low, length, Buffer.from(b.subarray(at, at + kept)).toString('hex')]),
    }
    const walk = new Walk(sink, [])
    walk.push(file)
    walk.end()
    const theirs = await new Promise<unknown[]>((resolve, reject) => {
      const found: unknown[] = []
      const parser = parse(Readable.from([file]))
      parser.on('packet', ({ header, data }) =>
        found.push([
          header.timestampSeconds,
          header.timestampMicroseconds,
          header.originalLength,
          data.toString('hex'),
        ]),
      )
      parser.on('end', () => resolve(found))
      parser.on('error', reject)
    })
    expect(ours.length).toBeGreaterThan(0)
    expect(ours).toEqual(theirs)
  })

  it('the packets of the fixtures are those of the builder', () => {
    for (const file of files.slice(0, -1)) {
      const { packets: found, link } = packetsOf(file)
      expect(classic(found, { link }).subarray(40)).toEqual(Buffer.from(file.subarray(40)))
    }
  })
})
