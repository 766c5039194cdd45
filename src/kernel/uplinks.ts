/** Gateways: which of them stand in a network, and whether two are one and the same router. */
import { inCidr } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Cite, HostId } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'
import { inetAddresses } from './route-source.ts'
import { hopsOf, unicastRoutes } from './way-back.ts'

export interface Gateway {
  readonly ip: string
  /** Host whose default route names it. */
  readonly host: HostId
  readonly at: Cite
}

/** Gateways of default routes, of any table and any host of the case, that have an address in the network of `link`. */
export function gatewaysIn(link: Link, hosts: readonly Host[]): readonly Gateway[] {
  const nets = inetAddresses(link).filter(({ prefix }) => prefix < 32)
  const found = hosts.flatMap(({ id, facts }): readonly Gateway[] => {
    if (facts.routes.state !== 'known') return []
    return unicastRoutes(facts.routes.value)
      .filter(({ to }) => to === '0.0.0.0/0')
      .flatMap((line) =>
        hopsOf(line).flatMap(({ via }) => (via === undefined ? [] : [{ ip: via, host: id, at: line.at }])),
      )
  })
  const near = found.filter(({ ip }) => nets.some((net) => inCidr(ip, `${net.ip}/${net.prefix}`)))
  return near.filter((gateway, index) => near.findIndex(({ ip }) => ip === gateway.ip) === index)
}

/** The host of the case that has the address on an interface; undefined: none or several. */
export function ownerOf(ip: string, hosts: readonly Host[]): Host | undefined {
  const owners = hosts.filter(
    ({ facts }) =>
      facts.links.state === 'known' && facts.links.value.links.some((link) => link.addresses.some((a) => a.ip === ip)),
  )
  return owners.length === 1 ? owners[0] : undefined
}

/**
 * Do both gateways belong to one router, so that it does not matter which line an answer takes? A public gateway is a provider's,
 * and no provider passes on another one's addresses; two private ones may be two interfaces of one switch.
 */
export function sameRouter(a: string, b: string, hosts: readonly Host[]): Answer {
  if (a === b) return 'yes'
  const [one, other] = [ownerOf(a, hosts), ownerOf(b, hosts)]
  if (one && other) return one.id === other.id ? 'yes' : 'no'
  return isPublic(b) ? 'no' : 'unknown'
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8']

export function isPublic(ip: string): boolean {
  return !ip.includes(':') && !PRIVATE.some((net) => inCidr(ip, net))
}
