/** Who advertises which VRID, and when two of them do so at once. */

import type { Cite, NonEmpty } from '../../model/evidence.ts'
import type { Capture, VrrpPacket } from '../../model/facts.ts'
import { oncePer } from './once.ts'
import { type Folded, foldSightings } from './sightings.ts'
import { type Span, spansOf } from './spans.ts'

/** One address that sent adverts of a VRID. Lists hold each value once, in order of appearance. */
export interface MasterSource {
  readonly ip: string
  /** Adverts, each counted once however often it was seen. */
  readonly count: number
  readonly first: Cite
  readonly last: Cite
  readonly firstTime?: number
  readonly lastTime?: number
  /** Without the 0 of a clean stop. */
  readonly priorities: readonly number[]
  /** Seconds. */
  readonly intervals: readonly number[]
  readonly versions: readonly (2 | 3)[]
  readonly authTypes: readonly string[]
  /** Tokens of sameness of the passwords, known with `-v`. */
  readonly auths: readonly string[]
  /** Addresses advertised, as one sorted text per list; known with `-v`. */
  readonly vips: readonly string[]
  readonly destinations: readonly string[]
  readonly macs: readonly string[]
  readonly ttls: readonly number[]
  /** Interface and VLAN it was seen on; empty where the capture does not say. */
  readonly segments: readonly string[]
  /** `out`: the host that captured sent it. */
  readonly own: boolean | 'unknown'
  /** Adverts of priority 0: a clean stop (RFC 5798, 6.4.3). */
  readonly stops: readonly Cite[]
  /** Times it was active, up to a gap that lets a backup take over. Empty without times. */
  readonly spans: readonly Span[]
  readonly adverts: NonEmpty<Folded<VrrpPacket>>
}

export interface Master {
  readonly vrid: number
  readonly family: 4 | 6
  readonly sources: NonEmpty<MasterSource>
}

/** The sources of every VRID, VRIDs in order of appearance. IPv4 and IPv6 count their VRIDs apart. */
export const masters: (capture: Capture) => readonly Master[] = oncePer(findMasters)

function findMasters(capture: Capture): readonly Master[] {
  const groups = new Map<string, Map<string, Folded<VrrpPacket>[]>>()
  for (const folded of foldSightings(capture)) {
    if (folded.packet.kind !== 'vrrp') continue
    const { vrid, src } = folded.packet
    const key = `${vrid} ${src.includes(':') ? 6 : 4}`
    const sources = groups.get(key) ?? new Map<string, Folded<VrrpPacket>[]>()
    groups.set(key, sources)
    const adverts = sources.get(src) ?? []
    sources.set(src, adverts)
    adverts.push(folded as Folded<VrrpPacket>)
  }
  return [...groups].flatMap(([key, sources]) => {
    const [first, ...rest] = [...sources].flatMap(([ip, adverts]) => sourceOf(ip, adverts))
    const [vrid, family] = key.split(' ')
    return first === undefined
      ? []
      : [{ vrid: Number(vrid), family: family === '6' ? 6 : 4, sources: [first, ...rest] }]
  })
}

function sourceOf(ip: string, adverts: readonly Folded<VrrpPacket>[]): MasterSource[] {
  const [head, ...tail] = adverts
  const end = adverts.at(-1)
  if (head === undefined || end === undefined) return []
  const seen = adverts.flatMap((advert) => advert.sightings.map((sighting) => sighting.packet))
  const packets = adverts.map((advert) => advert.packet)
  const firstTime = head.sightings[0].time
  const lastTime = end.packet.again?.until ?? end.sightings[0].time
  return [
    {
      ip,
      count: packets.reduce((sum, { again }) => sum + 1 + (again?.count ?? 0), 0),
      first: head.packet.at,
      last: end.packet.at,
      ...(firstTime === undefined ? {} : { firstTime }),
      ...(lastTime === undefined ? {} : { lastTime }),
      priorities: unique(packets.flatMap(({ priority }) => (priority === 0 ? [] : priority))),
      intervals: unique(packets.flatMap(({ interval }) => interval ?? [])),
      versions: unique(packets.map(({ version }) => version)),
      authTypes: unique(packets.flatMap(({ authType }) => authType ?? [])),
      auths: unique(packets.flatMap(({ auth }) => auth ?? [])),
      vips: unique(packets.flatMap(({ vips }) => (vips === undefined ? [] : [...vips].sort().join(' ')))),
      destinations: unique(packets.map(({ dst }) => dst)),
      macs: unique(seen.flatMap(({ srcMac }) => srcMac ?? [])),
      ttls: unique(seen.flatMap(({ ttl }) => ttl ?? [])),
      segments: unique(
        seen.flatMap(({ interface: dev, vlan }) =>
          // With -e a capture of one interface tells the VLAN, if not the interface.
          vlan === undefined ? (dev ?? []) : `${dev ?? ''}.${vlan}`,
        ),
      ),
      own:
        seen.some(({ direction }) => direction === 'out') ||
        (seen.some(({ direction }) => direction === undefined) ? 'unknown' : false),
      stops: packets.flatMap(({ priority, at }) => (priority === 0 ? at : [])),
      spans: spansOf(adverts),
      adverts: [head, ...tail],
    },
  ]
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}
