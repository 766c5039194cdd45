/** Unicast VRRP: whom a node sends to, and from where. */
import { sameSubnet } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { ownAddresses } from './addresses.ts'
import { nodeFinder } from './conf-tree.ts'
import { type Speaker, sourceAddress } from './vrrp.ts'

/** The list of peers, or the instance that has none. */
export function unicastLine({ instance }: Speaker): Cite {
  return instance.unicastPeers[0]?.at ?? instance.unicastPeerBlock ?? instance.at
}

/** Peers may come from elsewhere: a variable that was not resolved, a condition on the host's name, an include. */
export function hasHiddenPeers({ conf, instance }: Speaker): boolean {
  if (instance.unicastPeers.some(({ value }) => UNRESOLVED.test(value))) return true
  const inside = nodeFinder(conf.value)('vrrp_instance', instance.at)?.children ?? []
  return inside.some(({ keyword }) => UNRESOLVED.test(keyword))
}

const UNRESOLVED = /^[$~@]|^include[rmwba]?$/

export type Reaches = 'yes' | 'no' | 'address-unknown' | 'maybe-nat' | 'hidden'

/**
 * Do the adverts of `from` get to `to`? Its list must have the address that `to` sends from. A node with unicast_src_ip
 * listens there only; without it every address of the host does. Behind address translation the list names another one.
 */
export function namesPeer(from: Speaker, to: Speaker): Reaches {
  const listed = from.instance.unicastPeers.map(({ value }) => value)
  const address = sourceAddress(to)?.ip
  if (address !== undefined && listed.includes(address)) return 'yes'
  if (to.instance.unicastSrc === undefined && ownAddresses(to.host.facts).some(({ ip }) => listed.includes(ip)))
    return 'yes'
  if (hasHiddenPeers(from)) return 'hidden'
  // A source that is not the node's own tells nothing of where it can be reached (unicast-src-not-local).
  if (address === undefined || address === sourceAddress(from)?.ip || isForeign(to.host, address))
    return 'address-unknown'
  return namesItself(from) || areNear(from, to) ? 'no' : 'maybe-nat'
}

export function namesItself(speaker: Speaker): boolean {
  const own = sourceAddress(speaker)?.ip
  return own !== undefined && speaker.instance.unicastPeers.some(({ value }) => value === own)
}

/** A /24 as a rule of thumb, where the masks were not seen: nobody translates between neighbours. */
const NEAR = 24

function areNear(a: Speaker, b: Speaker): boolean {
  const left = sourceAddress(a)
  const right = sourceAddress(b)
  return left !== undefined && right !== undefined && (left.net === right.net || sameSubnet(left.ip, right.ip, NEAR))
}

/** All addresses of the host were listed, and this is none of them. */
export function isForeign(host: Host, ip: string): boolean {
  const { links } = host.facts
  return links.state === 'known' && links.whole && addressLines(host, ip).length === 0
}

/** Lines that show this address on the host. */
export function addressLines({ facts }: Host, ip: string): readonly Cite[] {
  const { links } = facts
  if (links.state === 'missing') return ownAddresses(facts).flatMap((own) => (own.ip === ip ? [own.at] : []))
  return links.value.links.flatMap(({ addresses }) => addresses.flatMap((own) => (own.ip === ip ? [own.at] : [])))
}
