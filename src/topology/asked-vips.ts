/** Real servers' VIPs, set against every interface on which a neighbour may ask for them by ARP. */
import { isIpv4 } from '../lib/ip.ts'
import type { Host, Service, Topology } from '../model/case.ts'
import type { Link, Links } from '../model/facts.ts'
import { arpLinks, hearsVip, type OnVipLink, type PlacedVip, placesOf, servedVips } from './faces.ts'

export interface AskedVip {
  readonly vip: string
  readonly service: Service
  /** Where the VIP sits; never `link`. */
  readonly place: PlacedVip
  readonly link: Link
  /** Is `link` in the network where the VIP is asked for? */
  readonly near: OnVipLink
}

/**
 * Left out: a VIP that the host does not have, one that it holds as director, and the interface that has it (whatever
 * arp_ignore says, that one answers). IPv6 has no ARP.
 */
export function askedVips(topology: Topology, host: Host, links: Links, hosts: readonly Host[]): readonly AskedVip[] {
  const listening = arpLinks(links)
  return servedVips(topology, host).flatMap(({ vip, service }): readonly AskedVip[] => {
    const places = isIpv4(vip) ? placesOf(links, vip) : []
    const [place] = places
    if (!place || (host.roles.director.is === 'yes' && places.some(({ link }) => listening.includes(link)))) return []
    return listening
      .filter((link) => places.every((other) => other.link !== link))
      .map((link) => ({ vip, service, place, link, near: hearsVip(link, vip, host, service, hosts) }))
  })
}
