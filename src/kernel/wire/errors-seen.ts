/** ICMP errors of one meaning, each sender and receiver once, over the captures of several hosts. */
import type { Host } from '../../model/case.ts'
import type { Claim } from '../../model/check.ts'
import type { Cite, Known, NonEmpty } from '../../model/evidence.ts'
import type { Capture, IcmpPacket } from '../../model/facts.ts'
import { ownerOf } from '../uplinks.ts'
import { icmpSubject } from './icmp.ts'
import { foldSightings } from './sightings.ts'

export interface Look<H> {
  readonly host: H
  readonly capture: Known<Capture>
}

export interface ErrorSeen<H> {
  readonly host: H
  /** Where they were seen. */
  readonly capture: Capture
  /** The first of them. */
  readonly packet: IcmpPacket
  /** Address the refused packet was going to, where the error names it. */
  readonly about: string
  /** Each once, however often it was seen. */
  readonly count: number
  readonly cites: NonEmpty<Cite>
}

/** Lines that are shown of one error. */
const SHOWN = 3

/** The most frequent first. The same error in two captures counts where it was seen more often. */
export function errorsSeen<H>(
  looks: readonly Look<H>[],
  fits: (packet: IcmpPacket) => boolean,
): readonly ErrorSeen<H>[] {
  const found = new Map<string, ErrorSeen<H>>()
  for (const { host, capture } of looks) {
    for (const seen of ofOne(host, capture.value, fits)) {
      const key = keyOf(seen.packet)
      const known = found.get(key)
      if (known === undefined || known.count < seen.count) found.set(key, seen)
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

function keyOf(packet: IcmpPacket): string {
  return `${packet.src} ${packet.dst} ${icmpSubject(packet)}`
}

function ofOne<H>(host: H, capture: Capture, fits: (packet: IcmpPacket) => boolean): Iterable<ErrorSeen<H>> {
  const found = new Map<
    string,
    { -readonly [K in keyof ErrorSeen<H>]: ErrorSeen<H>[K] } & { cites: [Cite, ...Cite[]] }
  >()
  for (const { packet } of foldSightings(capture)) {
    if (packet.kind !== 'icmp' || !fits(packet)) continue
    const times = 1 + (packet.again?.count ?? 0)
    const known = found.get(keyOf(packet))
    if (known === undefined)
      found.set(keyOf(packet), {
        host,
        capture,
        packet,
        about: icmpSubject(packet) ?? packet.quoted?.dst ?? packet.dst,
        count: times,
        cites: [packet.at],
      })
    else {
      known.count += times
      if (known.cites.length < SHOWN) known.cites.push(packet.at)
    }
  }
  return found.values()
}

/** The host that saw it, the host that sent it, and the address it is about. */
export function aboutError({ host, packet, about }: ErrorSeen<Host>, hosts: readonly Host[]): Claim['about'] {
  const sender = ownerOf(packet.src, hosts)
  return { hosts: [...new Set([host.id, ...(sender ? [sender.id] : [])])], vips: [about] }
}
