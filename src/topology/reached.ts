/** Whom a real server has to reach: a wrong route to one of them cuts it off. */
import { inCidr, isIpv4 } from '../lib/ip.ts'
import type { Host, Service, Topology } from '../model/case.ts'
import type { Links } from '../model/facts.ts'
import { isBroadcastLink, ownAddresses } from './addresses.ts'

export interface Reached {
  readonly ip: string
  /** In words: `the gateway 10.0.0.1`, `the client 10.0.0.77`, `the director ds1 (10.0.0.11)`. */
  readonly what: string
}

/** Gateways of its routes, known clients, and the directors of the service, as far as they lie in `net` and are not its own. */
export function reachedIn(
  net: string,
  { host, service, hosts, topology }: { host: Host; service: Service; hosts: readonly Host[]; topology: Topology },
): readonly Reached[] {
  const { routes } = host.facts
  const own = new Set([...ownAddresses(host.facts).map(({ ip }) => ip), ...topology.vips.map(({ ip }) => ip)])
  const gateways =
    routes.state === 'missing'
      ? []
      : routes.value.routes.flatMap(({ type, via, nexthops }) =>
          type === 'unicast' ? [via, ...nexthops.map((hop) => hop.via)].filter((ip) => ip !== undefined) : [],
        )
  const directors = hosts
    .filter((other) => other.id !== host.id && service.directors.includes(other.id))
    .flatMap((other) =>
      ownAddresses(other.facts).map(({ ip }) => ({ ip, what: `the director ${other.names[0]} (${ip})` })),
    )
  const all: readonly Reached[] = [
    ...gateways.map((ip) => ({ ip, what: `the gateway ${ip}` })),
    ...directors,
    ...topology.clients.map(({ ip }) => ({ ip, what: `the client ${ip}` })),
  ]
  const inside = all.filter(({ ip }) => isIpv4(ip) && !own.has(ip) && inCidr(ip, net))
  return [...new Map(inside.map((reached) => [reached.ip, reached])).values()]
}

/** The neighbours of a host that lie in `net`, in words; empty where the host has no other address in `net`. */
export function ownNetwork({ links }: Links, vip: string, net: string): string {
  const near = links.find(
    (link) => isBroadcastLink(link) && link.addresses.some(({ ip }) => ip !== vip && inCidr(ip, net)),
  )
  return near === undefined ? '' : `its neighbours on ${near.name}`
}
