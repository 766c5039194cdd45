/** Packets made at random, from a seed: every protocol and link layer that is read, right and wrong. */
import type { Packet } from './files.ts'

/** xorshift32: the same numbers everywhere. */
export function randomly(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

type Random = ReturnType<typeof randomly>

function sum(b: Uint8Array, start = 0): number {
  let total = start
  for (let i = 0; i < b.length; i += 2) total += ((b[i] ?? 0) << 8) | (b[i + 1] ?? 0)
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return ~total & 0xffff
}

const bytes = (random: Random, count: number): Buffer => Buffer.from(Array.from({ length: count }, () => random(256)))
const address = (random: Random): Buffer => Buffer.from([10, random(2), random(3), 1 + random(250)])
const mac = (random: Random): Buffer => Buffer.from([2, 0, 0, 0, random(3), random(9)])

export function ipv4(proto: number, body: Uint8Array, random: Random, to?: readonly number[]): Buffer {
  const header = Buffer.alloc(20)
  header.set([0x45, [0, 0xc0, 0x10][random(3)] as number], 0)
  header.writeUInt16BE(20 + body.length, 2)
  header.writeUInt16BE(random(65_536), 4)
  header.writeUInt16BE([0, 0x4000][random(2)] as number, 6)
  header.set([proto === 112 ? (random(4) === 0 ? 64 : 255) : 1 + random(255), proto], 8)
  header.set(address(random), 12)
  header.set(to ?? address(random), 16)
  header.writeUInt16BE(sum(header), 10)
  return Buffer.concat([header, body])
}

function ipv6(next: number, body: Uint8Array, random: Random): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32BE(0x60000000, 0)
  header.writeUInt16BE(body.length, 4)
  header.set([next, 1 + random(255)], 6)
  header.set([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, random(3), random(200)], 8)
  header.set([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, random(2), 0, 0, 0, 0, 0, 0, random(200)], 24)
  return Buffer.concat([header, body])
}

function tcp(random: Random): Buffer {
  const flags = [2, 0x12, 0x10, 0x18, 4, 0x14, 0x11, 0xc2, 0][random(9)] as number
  const options =
    flags & 2
      ? Buffer.from([2, 4, 5, 0xb4, 4, 2, 8, 10, ...bytes(random, 4), 0, 0, 0, 0, 1, 3, 3, random(14)])
      : random(2)
        ? Buffer.from([1, 1, 8, 10, ...bytes(random, 8)])
        : Buffer.alloc(0)
  const b = Buffer.alloc(20)
  b.writeUInt16BE(1024 + random(60_000), 0)
  b.writeUInt16BE([80, 443, 8080][random(3)] as number, 2)
  b.set(bytes(random, 8), 4)
  b.set([((20 + options.length) / 4) << 4, flags], 12)
  b.writeUInt16BE(random(65_536), 14)
  return Buffer.concat([b, options, flags & 8 ? bytes(random, random(300)) : Buffer.alloc(0)])
}

function vrrp2(random: Random): Buffer {
  const count = random(4)
  const b = Buffer.concat([
    Buffer.from([0x21, 1 + random(255), random(256), count, random(3) % 2, 1 + random(5), 0, 0]),
    ...Array.from({ length: count }, () => address(random)),
    Buffer.from('secret\0\0'),
  ])
  b.writeUInt16BE(random(8) === 0 ? 1 : sum(b), 6)
  return b
}

function vrrp3(random: Random): Buffer {
  const count = 1 + random(3)
  const b = Buffer.concat([
    Buffer.from([0x31, 1 + random(255), random(256), count, 0, 100, 0, 0]),
    ...Array.from({ length: count }, () => address(random)),
  ])
  return b
}

function icmp(random: Random): Buffer {
  const [type, code] = (
    [
      [8, 0],
      [0, 0],
      [3, 0],
      [3, 1],
      [3, 2],
      [3, 3],
      [3, 4],
      [3, 10],
      [3, 13],
      [5, 1],
      [11, 0],
    ] as const
  )[random(11)] ?? [8, 0]
  const head = Buffer.concat([
    Buffer.from([type, code, 0, 0]),
    type === 3 && code === 4 ? Buffer.from([0, 0, 5, 0xb4]) : bytes(random, 4),
  ])
  const about =
    type === 8 || type === 0
      ? bytes(random, 40)
      : ipv4([6, 17, 112][random(3)] as number, tcp(random).subarray(0, 20), random)
  const b = Buffer.concat([head, about])
  b.writeUInt16BE(sum(b), 2)
  return b
}

function icmp6(random: Random): Buffer {
  const type = [1, 2, 3, 128, 135][random(5)] as number
  const about = type < 128 ? ipv6(6, tcp(random).subarray(0, 20), random) : bytes(random, 24)
  return Buffer.concat([Buffer.from([type, 0, 0, 0, 0, 0, 5, 0]), about])
}

function udp(random: Random): Buffer {
  const payload = bytes(random, random(40))
  const b = Buffer.alloc(8)
  b.writeUInt16BE(40_000 + random(9), 0)
  b.writeUInt16BE(40_100 + random(9), 2)
  b.writeUInt16BE(8 + payload.length, 4)
  return Buffer.concat([b, payload])
}

function arp(random: Random): Buffer {
  const head = Buffer.from([0, 1, 8, 0, 6, 4, 0, 1 + random(2)])
  return Buffer.concat([
    head,
    mac(random),
    address(random),
    random(2) ? Buffer.alloc(6) : mac(random),
    address(random),
    Buffer.alloc(18),
  ])
}

/** Ethernet type and network layer. */
function network(random: Random): readonly [number, Buffer] {
  switch (random(10)) {
    case 0:
      return [0x0806, arp(random)]
    case 1:
      return [0x0800, ipv4(112, vrrp2(random), random, [224, 0, 0, 18])]
    case 2:
      return [0x0800, ipv4(112, vrrp3(random), random, [224, 0, 0, 18])]
    case 3:
      return [0x0800, ipv4(1, icmp(random), random)]
    case 4:
      return [0x0800, ipv4(4, ipv4(6, tcp(random), random), random)]
    case 5:
      return [0x0800, ipv4(17, udp(random), random)]
    case 6:
      return [0x86dd, ipv6(6, tcp(random), random)]
    case 7:
      return [0x86dd, ipv6(58, icmp6(random), random)]
    default:
      return [0x0800, ipv4(6, tcp(random), random)]
  }
}

const two = (value: number): Buffer => Buffer.from([value >> 8, value & 255])

function framed(link: number, type: number, body: Buffer, random: Random): Buffer {
  const tags = link === 1 && random(4) === 0 ? [...two(0x8100), ...two(0x2000 | random(4096))] : []
  const outer = tags.length > 0 && random(2) === 0 ? [...two(0x88a8), ...two(random(4096))] : []
  if (link === 1) return Buffer.concat([mac(random), mac(random), Buffer.from([...outer, ...tags]), two(type), body])
  if (link === 113)
    return Buffer.concat([
      two([0, 1, 2, 3, 4][random(5)] as number),
      two(1),
      two(6),
      mac(random),
      two(0),
      two(type),
      body,
    ])
  if (link === 276)
    return Buffer.concat([
      two(type),
      two(0),
      Buffer.from([0, 0, 0, 2]),
      two(1),
      Buffer.from([random(5), 6]),
      mac(random),
      two(0),
      body,
    ])
  if (link === 0) return Buffer.concat([Buffer.from([type === 0x86dd ? 30 : 2, 0, 0, 0]), body])
  if (link === 108) return Buffer.concat([Buffer.from([0, 0, 0, type === 0x86dd ? 24 : 2]), body])
  return body
}

/** `count` packets of one link type; on links without Ethernet types there is no ARP. */
export function made(seed: number, count: number, link: number): readonly Packet[] {
  const random = randomly(seed * 7919 + link)
  let micros = 0
  return Array.from({ length: count }, () => {
    let [type, body] = network(random)
    while (type === 0x0806 && link !== 1 && link !== 113 && link !== 276) [type, body] = network(random)
    micros += 1 + random(400_000)
    const seconds = 1_700_000_000 + Math.floor(micros / 1e6)
    return { bytes: framed(link, type, body, random), seconds, nanos: (micros % 1e6) * 1000 }
  })
}
