/** With which sender a host asks by ARP: the sender is believed by everyone who hears it (arp_solicit). */
import { sameSubnet } from '../lib/ip.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link, Links } from '../model/facts.ts'
import { type ArpFacts, holders, possible, speaksArp } from './arp-hosts.ts'
import type { Answer } from './filter/packet.ts'
import { inetAddresses, selectSource } from './route-source.ts'
import { effective } from './sysctl.ts'

export interface Announce {
  /** Does the request name the VIP as its sender, so that everyone hearing it learns the wrong owner? */
  readonly announces: Answer
  readonly because: 'arp-announce' | 'same-subnet' | 'preferred-address' | 'not-our-address' | 'no-arp-here' | 'unknown'
  readonly cites: readonly Cite[]
}

/**
 * Sender of the ARP request the host makes when a packet *from* the VIP leaves by `out` (arp_solicit).
 * `target`: whom it asks for, the gateway or the client; left out: any target on the link.
 */
export function announces(
  { links, sysctl }: Pick<ArpFacts, 'links' | 'sysctl'>,
  { vip, out, target }: { readonly vip: string; readonly out: string; readonly target?: string },
): Announce {
  const link = links.links.find(({ name }) => name === out)
  const own = holders(links, vip).map(({ address }) => address.at)
  if (link === undefined || !speaksArp(link)) {
    return { announces: 'no', because: 'no-arp-here', cites: link === undefined ? [] : [link.at] }
  }
  if (own.length === 0) return { announces: 'no', because: 'not-our-address', cites: [link.at] }
  const setting = effective(sysctl, 'arp_announce', out)
  const ways = possible(setting?.value, setting?.atLeast, [0, 1, 2]).map((value) =>
    senderIsVip(value, links, link, vip, target),
  )
  const cites = [...(setting?.cites ?? []), ...own]
  const [first] = ways
  if (first === undefined || ways.some(({ is }) => is !== first.is))
    return { announces: 'unknown', because: 'unknown', cites }
  return { announces: first.is, because: first.because, cites }
}

function senderIsVip(
  value: number,
  links: Links,
  link: Link,
  vip: string,
  target: string | undefined,
): { readonly is: Answer; readonly because: Announce['because'] } {
  if (value === 0) return { is: 'yes', because: 'arp-announce' }
  const own = inetAddresses(link)
  if (value === 1) {
    const near = own.filter(({ ip, prefix }) => sameSubnet(ip, vip, prefix) && prefix < 32)
    if (target === undefined ? near.length > 0 : near.some(({ ip, prefix }) => sameSubnet(ip, target, prefix))) {
      return { is: 'yes', because: 'same-subnet' }
    }
  }
  // The best address of the interface for the target; without any, one of another interface.
  if (own.every(({ ip }) => ip !== vip) && own.some(({ secondary }) => !secondary))
    return { is: 'no', because: 'arp-announce' }
  const chosen = selectSource(links, link.name, target, 'link')
  if (chosen === vip) return { is: 'yes', because: 'preferred-address' }
  // Another target may lie in the VIP's own network.
  const primary = own.some(({ ip, secondary }) => ip === vip && !secondary)
  return { is: target === undefined && primary ? 'unknown' : 'no', because: 'preferred-address' }
}
