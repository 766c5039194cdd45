/** What table nat makes of a packet, and the walk that follows it. */
import { isIpv4 } from '../../lib/ip.ts'
import type { Firewall } from '../../model/facts.ts'
import type { FilterPacket, Hook } from './packet.ts'
import { decimal } from './protocols.ts'
import type { Listing } from './stages.ts'
import { type NatVerdict, type Verdict, walk, walkNat } from './walk.ts'

export interface Passage {
  readonly verdict: Verdict
  /** Asked only for the first packet of a connection; undefined: not asked. */
  readonly nat?: NatVerdict
  /** The packet as the stages behind nat see it, where a rule rewrites its destination and says to what. */
  readonly after?: FilterPacket
}

/** As `walk`, with the destination rewritten on the way where table nat says so for certain (PREROUTING, OUTPUT). */
export function pass(firewall: Firewall, listing: Listing, packet: FilterPacket, hook: Hook): Passage {
  const first = packet.ctstate === undefined || packet.ctstate === 'NEW'
  if (!first || hook === 'postrouting') return { verdict: walk(firewall, listing, packet, hook) }
  const nat = walkNat(firewall, listing, packet, hook === 'output' ? 'output' : 'prerouting')
  const after = nat.rewrites === 'yes' ? rewrittenTo(packet, nat, hook) : undefined
  return {
    verdict: walk(firewall, listing, packet, hook, after),
    nat,
    ...(after === undefined ? {} : { after }),
  }
}

/**
 * `--to-destination 10.0.0.5:8080`, `--to-ports 8080`. A range of addresses or ports says only that it is another.
 * REDIRECT takes the first address of the receiving interface, and on the way out the loopback (nf_nat_redirect_ipv4).
 */
export function rewrittenTo(
  packet: FilterPacket,
  { target, to }: Pick<NatVerdict, 'target' | 'to'>,
  hook: Hook,
): FilterPacket | undefined {
  if (target !== 'DNAT' && target !== 'REDIRECT') return undefined
  const own = hook === 'output' ? '127.0.0.1' : (packet.inAddress ?? '')
  const [ip = '', port] = target === 'DNAT' ? (to ?? '').split(':', 2) : [own, to]
  const { dst: _dst, dport, ...rest } = packet
  const newPort = port === undefined || port === '' ? dport : decimal(port, 65535)
  return {
    ...rest,
    ...(isIpv4(ip) ? { dst: ip } : {}),
    ...(newPort === undefined ? {} : { dport: newPort }),
  }
}
