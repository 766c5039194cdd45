/** Hosts as the walk asks for them. */
import { inetAddresses } from '../kernel/route-source.ts'
import { inCidr } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Link, Sysctl } from '../model/facts.ts'
import { isBroadcastLink } from '../topology/addresses.ts'

export { localOf } from '../kernel/local-addresses.ts'

export const NO_SYSCTL: Sysctl = { entries: new Map() }

/** Interface that hears packets sent to an address of the host: the one that has it, else the one in its network. */
export function hearing({ facts: { links } }: Host, ip: string): Link | undefined {
  if (links.state !== 'known') return undefined
  const heard = links.value.links.filter(isBroadcastLink)
  const own = heard.find((link) => inetAddresses(link).some((address) => address.ip === ip))
  return (
    own ??
    heard.find((link) => inetAddresses(link).some((one) => one.prefix < 32 && inCidr(ip, `${one.ip}/${one.prefix}`)))
  )
}

export function hasAddress({ facts: { links } }: Host, ip: string): boolean {
  return links.state === 'known' && links.value.links.some((link) => inetAddresses(link).some((one) => one.ip === ip))
}

/** The hosts that have the address; several for a VIP. */
export function ownersOf(ip: string, hosts: readonly Host[]): readonly Host[] {
  return hosts.filter((host) => hasAddress(host, ip))
}
