/** A host can serve a VIP that it does not have: table nat redirects the packets, or TPROXY hands them to a socket. */
import { isIpv4 } from '../lib/ip.ts'
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Protocol } from '../model/facts.ts'
import { openingPacket } from './filter/opening.ts'
import type { Answer } from './filter/packet.ts'
import { walk, walkNat } from './filter/walk.ts'

export interface Redirected {
  readonly is: Answer
  /** The rule that does it, or that cannot be decided. */
  readonly at?: Cite
}

export interface VirtualPort {
  readonly vip: string
  readonly port?: number
  readonly protocol?: Protocol
}

/** Is the first packet to VIP:port redirected to the host itself? Unknown where table nat was not listed. */
export function redirectsVip(facts: HostFacts, { vip, port, protocol = 'tcp' }: VirtualPort): Redirected {
  const { firewall, nft } = facts
  if (firewall.state === 'missing' || !isIpv4(vip)) return { is: 'unknown' }
  const packet = openingPacket({ dst: vip, port: port ?? 0, protocol })
  const before = walk(firewall.value, firewall, packet, 'prerouting')
  if (before.rule?.target?.name === 'TPROXY') return yes(before.by, 'yes')
  if (before.verdict === 'unknown' && before.reason !== 'not-listed') return yes(before.by, 'unknown')
  const nat = walkNat(firewall.value, firewall, packet, 'prerouting')
  if (nat.rewrites !== 'no') return yes(nat.by, nat.rewrites)
  const native = nft.state === 'known' ? nft.value.tables.filter((table) => !table.ofIptables) : []
  const chain = native
    .flatMap(({ chains }) => chains)
    .find(({ hook, rules }) => hook === 'prerouting' && rules.some(({ text }) => REWRITES.test(text)))
  return chain === undefined ? { is: 'no' } : { is: 'unknown', at: chain.at }
}

/** Statements of nft that can send a packet to another address, or to a chain that does. */
const REWRITES = /\b(?:redirect|dnat|tproxy|jump|goto|vmap)\b/

function yes(at: Cite | undefined, is: Answer): Redirected {
  return at === undefined ? { is } : { is, at }
}
