/** Packets that come back again and again. */

import type { Cite, NonEmpty } from '../../model/evidence.ts'
import type { Capture, TcpPacket } from '../../model/facts.ts'
import { oncePer } from './once.ts'
import { type Folded, foldSightings } from './sightings.ts'

export interface Loop {
  readonly packet: TcpPacket
  readonly sightings: number
  readonly cites: NonEmpty<Cite>
  /** Changes between In and Out, or of the sender's MAC, along the sightings. */
  readonly turns: number
  /** Highest and lowest TTL, with -v. Falling by one a turn: routers pass it on until it dies. */
  readonly ttl?: { readonly first: number; readonly last: number }
  readonly interfaces: readonly string[]
  readonly macs: readonly string[]
}

/** A slave, a bond, a VLAN, a bridge and a forwarded copy of each make fewer. */
const MANY = 8
/** In, Out, In, Out: the packet that left came back. Forwarding over stacked interfaces turns once. */
const TURNS = 3

/**
 * TCP packets that pass this host in circles: eight sightings or more that alternate between In and Out (or,
 * on one wire, between senders), or whose TTL falls at each. Two directors that are each other's real servers
 * do that to half of the connections.
 */
export const loops: (capture: Capture) => readonly Loop[] = oncePer(findLoops)

function findLoops(capture: Capture): readonly Loop[] {
  return foldSightings(capture).flatMap((folded) =>
    folded.packet.kind === 'tcp' && folded.sightings.length >= MANY ? loopOf(folded as Folded<TcpPacket>) : [],
  )
}

function loopOf({ packet, sightings }: Folded<TcpPacket>): Loop[] {
  const seen = sightings.map((sighting) => sighting.packet)
  const turns = Math.max(
    changes(seen.flatMap(({ direction }) => (direction === undefined ? [] : direction === 'out' ? 'out' : 'in'))),
    changes(seen.flatMap(({ srcMac }) => srcMac ?? [])),
  )
  const ttls = seen.flatMap(({ ttl }) => ttl ?? [])
  const falls =
    ttls.length >= MANY && changes(ttls) >= TURNS && ttls.every((ttl, i) => i === 0 || ttl <= (ttls[i - 1] ?? 0))
  if (turns < TURNS && !falls) return []
  const [first, ...rest] = seen.map(({ at }) => at)
  const [from, to] = [ttls[0], ttls.at(-1)]
  return [
    {
      packet,
      sightings: sightings.length,
      cites: [first ?? packet.at, ...rest],
      turns,
      ...(from === undefined || to === undefined ? {} : { ttl: { first: from, last: to } }),
      interfaces: [...new Set(seen.flatMap((copy) => copy.interface ?? []))],
      macs: [...new Set(seen.flatMap(({ srcMac }) => srcMac ?? []))],
    },
  ]
}

function changes(values: readonly (string | number)[]): number {
  return values.filter((value, index) => index > 0 && value !== values[index - 1]).length
}
