/** One packet on the wire shows up several times in a capture of `any`: slave, bond, VLAN, tunnel, forwarded copy. */
import type { Capture, Packet } from '../../model/facts.ts'
import { clockOf } from './clock.ts'

export interface Sighting<P extends Packet = Packet> {
  readonly packet: P
  /** Position in the capture. */
  readonly index: number
  /** Seconds, counted on past midnight. */
  readonly time?: number
}

/** A packet, and every line that shows it; the first sighting leads. */
export interface Folded<P extends Packet = Packet> {
  readonly packet: P
  readonly sightings: readonly [Sighting<P>, ...Sighting<P>[]]
}

/** The way through one host takes less; Linux retransmits data after 200 ms (TCP_RTO_MIN) and a SYN after 1 s. */
const SAME_PACKET = 0.05
/** With an equal TS value as well, nothing below the shortest retransmission can be a second packet. */
const SAME_TIMESTAMP = 0.2

interface Open {
  readonly sightings: [Sighting, ...Sighting[]]
  /** Where it was seen: asked of ARP alone. */
  readonly points: Set<string> | undefined
  last: number | undefined
}

/**
 * The capture without its repetitions, in order of first sighting.
 *
 * Two lines show one packet when all that a router leaves alone is equal - protocol, addresses, ports, flags,
 * sequence and acknowledgement numbers, payload length, TS value, with `-v` the IP id - and they lie within
 * 50 ms. TTL, MACs, interface, VLAN tag and an outer IPIP header change on the way and do not count. A
 * retransmission has the same sequence number but a later TS value, or comes 200 ms later or more.
 */
export function foldSightings(capture: Capture): readonly Folded[] {
  const known = done.get(capture)
  if (known !== undefined) return known
  const folded = fold(capture)
  done.set(capture, folded)
  return folded
}

/** Every question to a capture begins with folding it. */
const done = new WeakMap<Capture, readonly Folded[]>()

function fold(capture: Capture): readonly Folded[] {
  const clock = clockOf(capture.packets)
  const open = new Map<string, Open>()
  const folded: Folded[] = []
  for (const [index, packet] of capture.packets.entries()) {
    const time = clock[index]
    const sighting: Sighting = time === undefined ? { packet, index } : { packet, index, time }
    const key = sightingKey(packet)
    const known = open.get(key)
    if (known !== undefined && isSame(known, packet, time)) {
      known.sightings.push(sighting)
      known.points?.add(pointOf(packet))
      known.last = time
      continue
    }
    const fresh: Open = {
      sightings: [sighting],
      points: packet.kind === 'arp' ? new Set([pointOf(packet)]) : undefined,
      last: time,
    }
    open.set(key, fresh)
    folded.push({ packet, sightings: fresh.sightings })
  }
  return folded
}

/** Everything about a packet that no forwarder on the way changes. Equal keys may be two packets: see TS values and times. */
export function sightingKey(packet: Packet): string {
  const id = packet.ipId ?? ''
  switch (packet.kind) {
    case 'tcp': {
      const { src, sport, dst, dport, flags, seq, ack, length } = packet
      // A short snaplen cuts the length off the copy inside IPIP; a SYN or RST has none worth telling.
      const size = flags.includes('S') || flags.includes('R') ? '' : length
      return `tcp ${src} ${sport} ${dst} ${dport} ${flags} ${seq} ${ack} ${size} ${id}`
    }
    case 'arp':
      return `arp ${packet.op} ${packet.sender} ${packet.target} ${packet.mac}`
    case 'vrrp':
      return `vrrp ${packet.src} ${packet.dst} ${packet.version} ${packet.vrid} ${packet.priority} ${packet.authType} ${id}`
    case 'icmp':
      return `icmp ${packet.src} ${packet.dst} ${packet.text} ${id}`
    case 'other':
      return `other ${packet.src} ${packet.dst} ${packet.text} ${id}`
  }
}

function isSame(known: Open, packet: Packet, time: number | undefined): boolean {
  // keepalived sends five equal gratuitous ARPs in one go: only another interface, direction or tag makes a
  // second line the same frame.
  if (known.points?.has(pointOf(packet))) return false
  const [before, now] = [tsvalOf(known.sightings[0].packet), tsvalOf(packet)]
  const stamped = before !== undefined && now !== undefined
  if (stamped && before !== now) return false
  // Without times (`-t`) only a TS value or an IP id, which a retransmission renews, can tell.
  if (time === undefined || known.last === undefined)
    return stamped || (packet.ipId ?? 0) !== 0 || packet.kind === 'arp'
  return Math.abs(time - known.last) < windowOf(packet, stamped)
}

function tsvalOf(packet: Packet): number | undefined {
  return packet.kind === 'tcp' ? packet.tsval : undefined
}

/** VRRP version 3 may advertise every 10 ms: two adverts in a row are never one. */
function windowOf(packet: Packet, stamped: boolean): number {
  if (packet.kind === 'vrrp' && packet.interval !== undefined) return Math.min(SAME_PACKET, packet.interval / 2)
  return stamped ? SAME_TIMESTAMP : SAME_PACKET
}

function pointOf({ interface: device, direction, vlan, tagged, srcMac }: Packet): string {
  return `${device} ${direction} ${vlan} ${tagged} ${srcMac}`
}
