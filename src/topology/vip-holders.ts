/** Who is meant to hold a VIP, and with which priority. */
import { inCidr } from '../lib/ip.ts'
import type { Host, Topology, Vip, VipHolder } from '../model/case.ts'
import type { Cite, Known } from '../model/evidence.ts'
import type { Links } from '../model/facts.ts'
import { type PlacedVip, placesOf } from './faces.ts'
import { effectiveVrrp, speakersOf } from './vrrp.ts'

/** The host that VRRP would take the VIP from; undefined where not every host's priority is known, or two are equal. */
export function lowestSpeaker(vip: string, hosts: readonly Host[]): Host | undefined {
  const ranked = hosts.flatMap((host) => {
    const speaker = speakersOf([host]).find(({ instance }) => instance.vips.some(({ ip }) => ip === vip))
    return speaker === undefined ? [] : [{ host, priority: effectiveVrrp(speaker).priority }]
  })
  const [lowest, next] = ranked.sort((a, b) => a.priority - b.priority)
  if (ranked.length < hosts.length || lowest === undefined || lowest.priority === next?.priority) return undefined
  return lowest.host
}

export interface Holding {
  readonly host: Host
  readonly links: Known<Links>
  readonly holder: VipHolder
}

/** Directors that have the VIP on an interface that is up. A real server that has it there is another ailment (rs-vip-on-ethernet). */
export function holdingDirectors({ holders }: Vip, hosts: readonly Host[]): readonly Holding[] {
  return holders.flatMap((holder): readonly Holding[] => {
    const host = hosts.find(({ id }) => id === holder.host)
    const links = host?.facts.links
    if (host === undefined || links?.state !== 'known') return []
    const { director, 'real-server': serves } = host.roles
    if (director.is === 'no' || (director.is === 'unknown' && serves.is === 'yes')) return []
    const link = links.value.links.find(({ name }) => name === holder.dev)
    // An address on an interface that is down is not local; `ip -o` prints no flags.
    const up = link !== undefined && (link.flags.length === 0 || link.flags.includes('UP'))
    return up ? [{ host, links, holder }] : []
  })
}

/** Does this director name the VIP (a service, or an instance's list)? One whose configuration was not seen may. */
export function mayHold(ip: string, host: Host, topology: Topology): boolean {
  const { keepalived } = host.facts
  if (keepalived.state === 'missing') return true
  const listed = keepalived.value.instances.some(({ vips, excludedVips }) =>
    [...vips, ...excludedVips].some((vip) => vip.ip === ip),
  )
  return listed || topology.services.some(({ vip, directors }) => vip === ip && directors.includes(host.id))
}

/** Name of a host that may hold the VIP and does not show all its addresses, or address of a unicast peer that is no host of the case. */
export function unseenHolder(ip: string, seen: readonly Host[], all: readonly Host[]): string | undefined {
  const hidden = all.find(
    ({ roles, facts }) =>
      roles.director.is !== 'no' &&
      roles.client.is !== 'yes' &&
      (facts.links.state === 'missing' || !facts.links.whole),
  )
  if (hidden !== undefined) return hidden.names[0]
  const known = new Set(
    all.flatMap(({ facts }) =>
      facts.links.state === 'known'
        ? facts.links.value.links.flatMap(({ addresses }) => addresses.map((a) => a.ip))
        : [],
    ),
  )
  return speakersOf(seen)
    .filter(({ instance }) => instance.vips.some((vip) => vip.ip === ip))
    .flatMap(({ instance }) => instance.unicastPeers.map(({ value }) => value))
    .find((peer) => !known.has(peer))
}

/** The line that shows the VIP on a director: on an interface that answers ARP, or on the one where its instance puts it. */
export function heldBy(host: Host, { ip, holders }: Vip): Cite | undefined {
  if (host.roles.director.is === 'no') return undefined
  const holding = holders.find((holder) => holder.host === host.id)
  const placed = placesHere(host, ip).find(({ link }) => instanceDevices(host, ip).includes(link.name))
  return holding?.at ?? placed?.address.at
}

/**
 * The line that may make a director take the VIP's packets without ARP, where a router sends them to it: the VIP on lo or dummy
 * and in no instance of its own, or a local route (not the `local default` of transparent proxies, for marked packets only).
 */
export function maybeRouted(host: Host, ip: string): Cite | undefined {
  const [place] = placesHere(host, ip)
  if (place !== undefined) return instanceDevices(host, ip).length === 0 ? place.address.at : undefined
  const { routes } = host.facts
  if (routes.state === 'missing') return undefined
  return routes.value.routes.find(({ type, to }) => type === 'local' && to !== '0.0.0.0/0' && inCidr(ip, to))?.at
}

function placesHere({ facts }: Host, ip: string): readonly PlacedVip[] {
  return facts.links.state === 'known' ? placesOf(facts.links.value, ip) : []
}

function instanceDevices(host: Host, ip: string): readonly (string | undefined)[] {
  return speakersOf([host]).flatMap(({ instance }) =>
    instance.vips.filter((vip) => vip.ip === ip).map(({ dev }) => dev ?? instance.interface?.value),
  )
}
