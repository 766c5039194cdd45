/** What turns a VIP in the subnet of its real servers from the normal set-up into a fault. */
import { inCidr } from '../lib/ip.ts'
import type { ClientAddress, Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link, LinkAddress, Links } from '../model/facts.ts'
import { answersArp } from './arp.ts'
import { announces } from './arp-announce.ts'
import { inetAddresses } from './route-source.ts'

export type Harm =
  | { readonly is: 'yes'; readonly what: string; readonly cites: readonly Cite[] }
  /** Cannot be excluded. */
  | { readonly is: 'unseen'; readonly what: string; readonly ask: string }

/** Network of the interface in which the VIP lies, by an address that is not the VIP itself. */
export function subnetWith(link: Link, vip: string): LinkAddress | undefined {
  return inetAddresses(link).find(({ ip, prefix }) => ip !== vip && prefix < 32 && inCidr(vip, `${ip}/${prefix}`))
}

/** ARP in the name of the VIP by a real server, heard on `dev`. */
export function arpHarms({ facts }: Host, links: Links, vip: string, dev: string): readonly Harm[] {
  const { sysctl } = facts
  if (sysctl.state === 'missing') {
    const ask = 'sysctl -a 2>/dev/null | grep arp_'
    return [{ is: 'unseen', what: 'arp_ignore and arp_announce are not in force', ask }]
  }
  const known = { links, sysctl: sysctl.value }
  const answer = answersArp(known, { target: vip, in: dev })
  const ask = announces(known, { vip, out: dev })
  return [
    ...harm(answer.answers, `arp_ignore does not keep it from answering for the VIP on ${dev}`, answer.cites),
    ...harm(ask.announces, `arp_announce lets it use the VIP as sender of ARP requests on ${dev}`, ask.cites),
  ]
}

function harm(is: 'yes' | 'no' | 'unknown', what: string, cites: readonly Cite[]): readonly Harm[] {
  if (is === 'no') return []
  return is === 'yes' ? [{ is, what, cites }] : [{ is: 'unseen', what, ask: 'sysctl -a 2>/dev/null | grep arp_' }]
}

/** The VIP on a lo, dummy or tunnel device with the mask of a network. */
export function maskHarms(link: Link, address: LinkAddress): readonly Harm[] {
  const what = `the VIP is a /${address.prefix} on ${link.name}, which draws the whole subnet there`
  return address.prefix < 32 ? [{ is: 'yes', what, cites: [address.at] }] : []
}

/** The VIP as first address of its network on a director: what the director sends by itself then has the VIP as source. */
export function primaryHarms(director: Host, faces: readonly Link[], vip: string): readonly Harm[] {
  const { links } = director.facts
  const what = `the VIP is the first address of its network on ${director.names[0]}, so its own traffic has the VIP as source`
  if (links.state === 'missing' || !links.whole) return [{ is: 'unseen', what, ask: 'ip addr' }]
  return faces.flatMap((face): readonly Harm[] => {
    const own = inetAddresses(face)
    const mine = own.find(({ ip, prefix, secondary }) => ip === vip && prefix < 32 && !secondary)
    if (mine === undefined) return []
    const others = own.some(({ ip, prefix }) => ip !== vip && prefix === mine.prefix && inCidr(ip, `${vip}/${prefix}`))
    return others ? [{ is: 'yes', what, cites: [mine.at] }] : []
  })
}

/** NAT breaks for clients of the real server's own subnet: its answers go to them directly, past the director. */
export function natHarms(net: string, clients: readonly ClientAddress[]): readonly Harm[] {
  const client = clients.find(({ ip }) => inCidr(ip, net))
  if (client === undefined) return [{ is: 'unseen', what: 'clients are in that subnet too', ask: 'ipvsadm -Lnc' }]
  const what = `the client ${client.ip} is in that subnet too, and NAT answers reach it past the director`
  return [{ is: 'yes', what, cites: client.from }]
}
