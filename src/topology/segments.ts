/** In which network the interface of an instance is: what its multicast reaches. */
import { inCidr } from '../lib/ip.ts'
import type { Link, LinkAddress } from '../model/facts.ts'
import { interfaceOf, type Speaker } from './vrrp.ts'

export interface Segment {
  readonly link: Link
  /** Addresses that tell the subnet: IPv4, no VIP, no /32. */
  readonly addresses: readonly LinkAddress[]
  /** VLAN id from `ip -d link` or from a name such as eth0.100. */
  readonly vlan?: number
}

export function segmentOf(speaker: Speaker): Segment | undefined {
  const link = interfaceOf(speaker)
  if (link === undefined) return undefined
  const { vips, excludedVips } = speaker.instance
  const virtual = new Set([...vips, ...excludedVips].map(({ ip }) => ip))
  const named = /\.(\d{1,4})$/.exec(link.name)?.[1]
  const vlan = link.vlan ?? (named === undefined ? undefined : Number(named))
  return {
    link,
    addresses: link.addresses.filter(({ family, ip, prefix }) => family === 'inet' && prefix < 32 && !virtual.has(ip)),
    ...(vlan === undefined ? {} : { vlan }),
  }
}

export type Apart = 'subnets' | 'vlans' | 'no' | 'unknown'

/** Masks of different lengths on one network are a slip, no second network: it is enough that one contains the other's address. */
export function areApart(a: Segment | undefined, b: Segment | undefined): Apart {
  if (a === undefined || b === undefined) return 'unknown'
  if (a.vlan !== undefined && b.vlan !== undefined && a.vlan !== b.vlan) return 'vlans'
  if (a.addresses.length === 0 || b.addresses.length === 0) return 'unknown'
  const shared = a.addresses.some((one) => b.addresses.some((other) => overlap(one, other)))
  return shared ? 'no' : 'subnets'
}

function overlap(one: LinkAddress, other: LinkAddress): boolean {
  return inCidr(one.ip, `${other.ip}/${other.prefix}`) || inCidr(other.ip, `${one.ip}/${one.prefix}`)
}

/** `eth0 with 192.168.10.11/24`, `eth0.100 (VLAN 100)`. */
export function tellSegment({ link, addresses, vlan }: Segment): string {
  const [first] = addresses
  const net = first === undefined ? '' : ` with ${first.ip}/${first.prefix}`
  return `${link.name}${vlan === undefined ? '' : ` (VLAN ${vlan})`}${net}`
}
