/** Senders of adverts that are no node of the virtual router. */
import { inCidr } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import { ownAddresses } from './addresses.ts'
import { segmentOf } from './segments.ts'
import { type Speaker, sourceAddress, speakersOf, type VirtualRouter } from './vrrp.ts'
import { priorityWhenWell } from './vrrp-weight.ts'

/** Every address that a host of the case has, sends from, or names as its peer. */
export function nodeAddresses(hosts: readonly Host[]): ReadonlySet<string> {
  const speakers = speakersOf(hosts)
  return new Set([
    ...hosts.flatMap(({ facts }) => ownAddresses(facts).map(({ ip }) => ip)),
    ...speakers.flatMap((speaker) => sourceAddress(speaker)?.ip ?? []),
    ...speakers.flatMap(({ instance }) => instance.unicastPeers.map(({ value }) => value)),
  ])
}

/** The source addresses of two nodes at least are known: a third sender is none of those that were given. */
export function nodesKnown({ speakers }: VirtualRouter): boolean {
  return speakers.length > 1 && speakers.every((speaker) => sourceAddress(speaker) !== undefined)
}

/**
 * A node nobody has shown us could be MASTER by right. Not above one that is configured as MASTER: that one is meant to be
 * the first of its cluster.
 */
export function outranksMaster({ speakers }: VirtualRouter, priority: number): boolean {
  const first = speakers.filter(({ instance }) => instance.state?.value === 'MASTER')
  return first.length > 0 && speakers.every((speaker) => priorityWhenWell(speaker) < priority)
}

export interface Sighted {
  readonly ip: string
  /** Interfaces it was seen on; empty where the capture does not say. */
  readonly segments: readonly string[]
}

/** Was it heard in the network of the instance? One id may be used again in another VLAN. */
export function onWireOf(speaker: Speaker, { ip, segments }: Sighted, dev: string | undefined): boolean {
  const segment = segmentOf(speaker)
  const name = speaker.instance.interface?.value
  if (dev !== undefined) return dev === name
  if (segments.length > 0) return name !== undefined && segments.includes(name)
  return segment?.addresses.some((own) => inCidr(ip, `${own.ip}/${own.prefix}`)) === true
}

export type Relation = 'other-vips' | 'same-vips' | 'unknown'

/** What the stranger advertises, set against the VIPs of the router. `lists`: one text of addresses for each list seen. */
export function relationOf({ vips }: VirtualRouter, lists: readonly string[]): Relation {
  const theirs = lists.flatMap((list) => list.split(' ')).filter((ip) => ip !== '')
  if (theirs.length === 0 || vips.length === 0) return 'unknown'
  const ours = new Set(vips)
  return theirs.some((ip) => ours.has(ip)) ? 'same-vips' : 'other-vips'
}
