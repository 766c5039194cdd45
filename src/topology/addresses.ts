/** Which addresses a host has, and on what kind of interface. */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link, LinkAddress } from '../model/facts.ts'

export interface OwnAddress {
  readonly ip: string
  readonly prefix?: number
  readonly dev?: string
  readonly at: Cite
}

/**
 * Addresses from `ip addr`; without it, those that routes name as own (`src X` of a connected or local route).
 * The second list is never complete: a VIP on lo is in the local table only.
 */
export function ownAddresses(facts: HostFacts): readonly OwnAddress[] {
  if (facts.links.state === 'known') {
    return facts.links.value.links.flatMap((link) =>
      link.addresses
        .filter((address) => address.family === 'inet' && !isLoopbackIp(address.ip))
        .map((address) => ({ ip: address.ip, prefix: address.prefix, dev: link.name, at: address.at })),
    )
  }
  if (facts.routes.state === 'known') {
    return facts.routes.value.routes.flatMap((route) =>
      route.src !== undefined && (route.proto === 'kernel' || route.type === 'local') && !isLoopbackIp(route.src)
        ? [{ ip: route.src, at: route.at, ...(route.dev === undefined ? {} : { dev: route.dev }) }]
        : [],
    )
  }
  return []
}

export function isLoopbackIp(ip: string): boolean {
  return ip.startsWith('127.') || ip === '::1'
}

/** Names by which a device that hides addresses is known where its flags were not printed (`ip -o addr`). */
const HIDING = /^(?:lo|tunl\d+|ipip\d*|dummy\d*|kube-ipvs\d+|nodelocaldns)$/

/** An interface on which other hosts can be heard and answered by ARP. Not lo, dummy, tunl0 or anything NOARP. */
export function isBroadcastLink(link: Link): boolean {
  if (link.flags.length === 0) return !HIDING.test(link.name)
  return !link.flags.includes('LOOPBACK') && !link.flags.includes('NOARP') && link.type !== 'ipip'
}

/** Where a virtual address hides on a real server: lo, dummy or a tunnel device. */
export function isHidingLink(link: Link): boolean {
  return !isBroadcastLink(link)
}

export function isTunnelLink(link: Link): boolean {
  return link.type === 'ipip' || link.kind === 'ipip' || /^tunl\d/.test(link.name)
}

export function addressOn(link: Link, ip: string): LinkAddress | undefined {
  return link.addresses.find((address) => address.ip === ip)
}
