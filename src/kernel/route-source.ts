/** Which address of its own a host writes as source when nobody chose one (inet_select_addr). */
import { sameSubnet } from '../lib/ip.ts'
import type { Link, LinkAddress, Links } from '../model/facts.ts'

const SCOPES: Readonly<Record<string, number>> = {
  global: 0,
  universe: 0,
  site: 200,
  link: 253,
  host: 254,
  nowhere: 255,
}

export function scopeNumber(scope: string | undefined): number {
  return SCOPES[scope ?? 'global'] ?? 0
}

/** IPv4 addresses of a link. */
export function inetAddresses(link: Link | undefined): readonly LinkAddress[] {
  return link?.addresses.filter(({ family }) => family === 'inet') ?? []
}

/**
 * First primary address of `dev` whose network holds `peer`, else its first primary one, else the first of any link:
 * a VIP on lo is taken when the outgoing link has no address. `widest`: 'global' for a route through a gateway.
 */
export function selectSource(
  links: Links,
  dev: string,
  peer: string | undefined,
  widest: 'global' | 'link' = 'global',
): string | undefined {
  const limit = scopeNumber(widest)
  const usable = (address: LinkAddress): boolean => !address.secondary && scopeNumber(address.scope) <= limit
  const own = inetAddresses(links.links.find(({ name }) => name === dev)).filter(usable)
  const near = peer === undefined ? undefined : own.find(({ ip, prefix }) => sameSubnet(ip, peer, prefix))
  const first = near ?? own[0]
  if (first !== undefined) return first.ip
  const rest = links.links.flatMap((link) => inetAddresses(link))
  return rest.find((address) => usable(address) && address.scope !== 'link')?.ip
}
