/** Real servers and their VIPs: where the VIP sits, and on which interfaces its neighbours could ask for it. */
import { inCidr } from '../lib/ip.ts'
import type { Host, Service, Topology } from '../model/case.ts'
import type { Link, LinkAddress, Links } from '../model/facts.ts'
import { isBroadcastLink } from './addresses.ts'

export interface ServedVip {
  readonly vip: string
  readonly service: Service
}

/** VIPs that `host` serves as real server without address translation: it must accept packets to them itself. */
export function servedVips(
  topology: Topology,
  host: Host,
  modes: readonly string[] = ['DR', 'TUN'],
): readonly ServedVip[] {
  const seen = new Set<string>()
  return topology.services.flatMap((service) => {
    const { vip } = service
    if (vip === undefined || seen.has(vip)) return []
    if (!service.servers.some((server) => server.host === host.id && modes.includes(server.mode))) return []
    seen.add(vip)
    return [{ vip, service }]
  })
}

export interface PlacedVip {
  readonly link: Link
  readonly address: LinkAddress
}

export function placesOf(links: Links, vip: string): readonly PlacedVip[] {
  return links.links.flatMap((link) =>
    link.addresses.filter((address) => address.ip === vip).map((address) => ({ link, address })),
  )
}

export type OnVipLink = 'yes' | 'no' | 'unknown'

/**
 * Does this interface hear the VIP's neighbours ask? Yes where one of its subnets contains the VIP, or a director that holds or
 * announces the VIP has an address of the same subnet on the VIP's interface. No where the director's interface is known and differs.
 */
export function hearsVip(link: Link, vip: string, host: Host, service: Service, hosts: readonly Host[]): OnVipLink {
  const own = link.addresses.filter((address) => address.family === 'inet' && address.prefix < 32 && address.ip !== vip)
  if (own.some((address) => inCidr(vip, `${address.ip}/${address.prefix}`))) return 'yes'
  const faces = hosts
    .filter((other) => other.id !== host.id && service.directors.includes(other.id))
    .flatMap((director) => directorFaces(director, vip))
  if (faces.length === 0) return 'unknown'
  const shared = faces.some((face) =>
    face.addresses.some((address) =>
      own.some((mine) => mine.prefix === address.prefix && inCidr(address.ip, `${mine.ip}/${mine.prefix}`)),
    ),
  )
  return shared ? 'yes' : 'no'
}

/** The director's interfaces to the VIP's network: where the VIP is, or where its instance says it would be. */
export function directorFaces(director: Host, vip: string): readonly Link[] {
  const { links, keepalived } = director.facts
  if (links.state !== 'known') return []
  const named =
    keepalived.state === 'known'
      ? keepalived.value.instances.flatMap((i) =>
          i.vips.filter((v) => v.ip === vip).map((v) => v.dev ?? i.interface?.value),
        )
      : []
  return links.value.links.filter(
    (link) => isBroadcastLink(link) && (named.includes(link.name) || link.addresses.some((a) => a.ip === vip)),
  )
}

/** Interfaces that carry an IPv4 address and on which ARP is spoken. */
export function arpLinks(links: Links): readonly Link[] {
  return links.links.filter(
    (link) =>
      isBroadcastLink(link) &&
      !link.flags.includes('SLAVE') &&
      // No flags shown (`ip -o addr`): taken to be up.
      (link.flags.length === 0 || link.flags.includes('UP')) &&
      link.addresses.some((a) => a.family === 'inet'),
  )
}
