/** The way one SYN took through the host that captured it. */
import type { Cite, NonEmpty } from '../../model/evidence.ts'
import type { TcpPacket } from '../../model/facts.ts'
import type { Folded } from './sightings.ts'

export interface Syn {
  /** All lines that show it, the first one first. */
  readonly cites: NonEmpty<Cite>
  /** Seconds, counted on past midnight. */
  readonly time?: number
  readonly seq?: number
  /** Interfaces it came in on and went out of, in order; empty where the capture does not say. */
  readonly in: readonly string[]
  readonly out: readonly string[]
  /** The host passed it on: In before Out, or sent again by the MAC that it was sent to. */
  readonly forwarded: boolean
  /** Outer headers of its IPIP copies. */
  readonly outer: readonly { readonly src: string; readonly dst: string }[]
  /** Was it seen without an IPIP header too? */
  readonly plain: boolean
  readonly ttls: readonly number[]
  /** Did some sightings carry a VLAN tag, and some not? */
  readonly tagged: boolean
  readonly untagged: boolean
}

/** Sums the sightings of one SYN up. */
export function synOf(folded: Folded<TcpPacket>): Syn {
  return folded.sightings.length === 1 ? once(folded) : several(folded)
}

const NOWHERE: readonly string[] = []
const NO_OUTER: Syn['outer'] = []
const NO_TTL: readonly number[] = []

/** The usual case, of which there may be hundreds of thousands. */
function once({ packet, sightings: [{ time }] }: Folded<TcpPacket>): Syn {
  const { direction, interface: device, outer, ttl, tagged, seq, at } = packet
  const there = direction === undefined || device === undefined ? NOWHERE : [device]
  return {
    cites: [at],
    ...(time === undefined ? {} : { time }),
    ...(seq === undefined ? {} : { seq }),
    in: direction === 'out' ? NOWHERE : there,
    out: direction === 'out' ? there : NOWHERE,
    forwarded: false,
    outer: outer === undefined ? NO_OUTER : [outer],
    plain: outer === undefined,
    ttls: ttl === undefined ? NO_TTL : [ttl],
    tagged,
    untagged: !tagged,
  }
}

function several({ packet, sightings }: Folded<TcpPacket>): Syn {
  const seen = sightings.map((sighting) => sighting.packet)
  const [first, ...rest] = seen.map((copy) => copy.at)
  const time = sightings[0].time
  return {
    cites: [first ?? packet.at, ...rest],
    ...(time === undefined ? {} : { time }),
    ...(packet.seq === undefined ? {} : { seq: packet.seq }),
    in: interfaces(seen, false),
    out: interfaces(seen, true),
    forwarded: wasForwarded(seen),
    outer: outerHeaders(seen),
    plain: seen.some((copy) => copy.outer === undefined),
    ttls: unique(seen.flatMap((copy) => copy.ttl ?? [])),
    tagged: seen.some((copy) => copy.tagged),
    untagged: seen.some((copy) => !copy.tagged),
  }
}

/** Broadcast, multicast and frames for others (B, M, P) came in as well. */
function interfaces(seen: readonly TcpPacket[], out: boolean): readonly string[] {
  const there = seen.filter((copy) => copy.direction !== undefined && (copy.direction === 'out') === out)
  return unique(there.flatMap((copy) => copy.interface ?? []))
}

function wasForwarded(seen: readonly TcpPacket[]): boolean {
  let cameIn = false
  const receivers = new Set<string>()
  for (const { direction, srcMac, dstMac } of seen) {
    if (direction === 'out' && cameIn) return true
    if (direction !== undefined && direction !== 'out') cameIn = true
    if (srcMac !== undefined && receivers.has(srcMac)) return true
    if (dstMac !== undefined) receivers.add(dstMac)
  }
  return false
}

function outerHeaders(seen: readonly TcpPacket[]): Syn['outer'] {
  const byText = new Map(
    seen.flatMap(({ outer }) => (outer === undefined ? [] : [[`${outer.src} ${outer.dst}`, outer]])),
  )
  return [...byText.values()]
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}
