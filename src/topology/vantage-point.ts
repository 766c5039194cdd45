/** Where on the way of a connection a host stands: that decides whether its answer has to pass there. */
import type { Case, Host, Mode, Service } from '../model/case.ts'
import { isHidingLink, ownAddresses } from './addresses.ts'
import { arpLinks, placesOf } from './faces.ts'

export interface SeenConnection {
  readonly client: { readonly ip: string }
  readonly server: ServerEnd
  /** Each SYN: did the host pass it on, and by which interfaces did it come and go? */
  readonly syns: readonly {
    readonly forwarded: boolean
    readonly in: readonly string[]
    readonly out: readonly string[]
  }[]
}

export interface Placed {
  readonly host: Host
  readonly point: VantagePoint
  /** Watching one interface is watching all: the host has no other, or asks again itself. */
  readonly oneWay: boolean
  /** The host sent the SYN again: it has heard no answer. */
  readonly asksAgain: boolean
}

interface ServerEnd {
  readonly ip: string
  /** A name where the capture prints one. */
  readonly port: number | string
}

export type VantagePoint =
  /** The host itself should answer. */
  | 'server'
  /** In NAT mode question and answer pass the director. */
  | 'nat-director'
  | 'client'
  /** In DR and TUN mode the answer goes past the director. */
  | 'director'
  /** A router, or a director of which the mode is not known: the answer may go another way. */
  | 'transit'
  | 'unknown'

/** What the host is to the connection. */
export const POINT_WORDS: Readonly<Record<VantagePoint, string>> = {
  server: 'the host that should answer',
  'nat-director': 'the director, where in NAT mode the answer has to pass as well',
  client: 'the client itself',
  director: 'a director that answers do not pass',
  transit: 'a host on the way',
  unknown: 'a host of which the part is not known',
}

/** How the host stands to a connection of clients to the cluster; undefined: it is none. */
export function standings(host: Host, kase: Case): (seen: SeenConnection) => Placed | undefined {
  const forClients = isForClients(kase)
  const pointOf = vantagePoints(host, kase)
  const single = hasOneInterface(host)
  return (seen) => {
    if (!forClients(seen)) return undefined
    const point = pointOf(seen)
    const sends = seen.syns.every((syn) => syn.in.length === 0 && syn.out.length > 0)
    const asksAgain = seen.syns.length > 1 && (point === 'client' || (point === 'unknown' && sends))
    return { host, point, oneWay: single || asksAgain, asksAgain }
  }
}

function vantagePoints(host: Host, { topology }: Case): (seen: SeenConnection) => VantagePoint {
  const { director, 'real-server': server, client } = host.roles
  const own = new Set(ownAddresses(host.facts).map(({ ip }) => ip))
  const { links } = host.facts
  const hides = (ip: string): boolean =>
    links.state === 'known' && placesOf(links.value, ip).some(({ link }) => isHidingLink(link))
  const mine = topology.services.filter((service) => service.directors.includes(host.id))
  const byVip = servicesByVip(mine)
  // A mark may stand for any address.
  const marked = mine.filter(({ fwmark }) => fwmark !== undefined)
  return (seen) => {
    if (own.has(seen.client.ip)) return 'client'
    if (director.is === 'yes') {
      const modes = modesOf([...marked, ...(byVip.get(seen.server.ip) ?? [])], seen.server)
      if (modes.has('NAT')) return modes.size === 1 ? 'nat-director' : 'transit'
      return modes.has('DR') || modes.has('TUN') ? 'director' : 'transit'
    }
    if (seen.syns.some(({ forwarded }) => forwarded)) return 'transit'
    if (server.is === 'yes' || hides(seen.server.ip)) return 'server'
    if (client.is === 'yes') return 'client'
    return director.is === 'no' ? 'transit' : 'unknown'
  }
}

function modesOf(services: readonly Service[], server: ServerEnd): ReadonlySet<Mode> {
  const fitting = services.filter(({ port }) => samePort(port, server))
  return new Set(fitting.flatMap(({ servers }) => servers.map(({ mode }) => mode)))
}

function servicesByVip(services: readonly Service[]): ReadonlyMap<string, readonly Service[]> {
  const found = new Map<string, Service[]>()
  for (const service of services) {
    if (service.vip === undefined) continue
    const known = found.get(service.vip)
    if (known === undefined) found.set(service.vip, [service])
    else known.push(service)
  }
  return found
}

/** Port 0 is every port; a port that is printed by name cannot be told apart. */
function samePort(port: number | undefined, server: ServerEnd): boolean {
  return !port || typeof server.port === 'string' || port === server.port
}

/** Only one interface by which packets come and go. */
function hasOneInterface({ facts: { links } }: Host): boolean {
  return links.state === 'known' && links.whole && arpLinks(links.value).length === 1
}

/**
 * Is it a connection of clients to the cluster? Not those of the directors and real servers themselves: their health checks find
 * stopped servers, and a test of the VIP from a machine of the cluster is no client's.
 */
function isForClients({ hosts, topology: { vips, services } }: Case): (seen: SeenConnection) => boolean {
  const members = hosts.filter(({ roles }) => roles.director.is === 'yes' || roles['real-server'].is === 'yes')
  const inside = new Set(members.flatMap(({ facts }) => ownAddresses(facts).map(({ ip }) => ip)))
  const virtual = new Set(vips.map(({ ip }) => ip))
  const byVip = servicesByVip(services)
  const pool = services.flatMap(({ servers }) => servers.filter(({ mode }) => mode === 'NAT'))
  return ({ client, server }) => {
    if (inside.has(client.ip) || virtual.has(client.ip)) return false
    if (virtual.size === 0) return true
    const here = byVip.get(server.ip) ?? []
    if (virtual.has(server.ip)) return here.length === 0 || here.some(({ port }) => samePort(port, server))
    // NAT has put the real server in the place of the VIP.
    return pool.some(({ ip, port }) => ip === server.ip && samePort(port, server))
  }
}
