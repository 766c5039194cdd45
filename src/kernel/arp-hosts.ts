/** What both sides of ARP ask about a host: where an address is local and which links take part. */
import { inCidr } from '../lib/ip.ts'
import type { Link, LinkAddress, Links, PolicyRules, Routes, Sysctl } from '../model/facts.ts'
import { inetAddresses } from './route-source.ts'

export interface ArpFacts {
  readonly links: Links
  readonly sysctl: Sysctl
  /** With them rp_filter and arp_filter are judged too; without, both are taken to agree. */
  readonly routes?: Routes
  readonly rules?: PolicyRules
}

/** An interface that is down or NOARP hears nothing (arp_rcv). No flags shown: taken to be up. */
export function speaksArp(link: Link): boolean {
  if (link.flags.length === 0) return !/^(?:lo|tunl\d+|dummy\d*)$/.test(link.name)
  return link.flags.includes('UP') && !link.flags.includes('NOARP') && !link.flags.includes('LOOPBACK')
}

/** Links that make the address local: those that are up, and a loopback for its whole network. */
export function holders(links: Links, ip: string): readonly { readonly link: Link; readonly address: LinkAddress }[] {
  return links.links.flatMap((link) => {
    if (link.flags.length > 0 && !link.flags.includes('UP')) return []
    const loopback = link.flags.includes('LOOPBACK') || link.name === 'lo'
    return inetAddresses(link)
      .filter((address) => address.ip === ip || (loopback && inCidr(ip, `${address.ip}/${address.prefix}`)))
      .map((address) => ({ link, address }))
  })
}

/** The value, or every value it may have. */
export function possible(
  value: number | undefined,
  atLeast: number | undefined,
  all: readonly number[],
): readonly number[] {
  return value === undefined ? all.filter((other) => other >= (atLeast ?? 0)) : [value]
}
