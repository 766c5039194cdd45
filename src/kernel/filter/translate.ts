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
  const after = nat.rewrites === 'yes' ? rewrittenTo(packet, nat) : undefined
  return {
    verdict: walk(firewall, listing, packet, hook, after),
    nat,
    ...(after === undefined ? {} : { after }),
  }
}

/** `--to-destination 10.0.0.5:8080`, `--to-ports 8080`. A range of addresses or ports says only that it is another. */
export function rewrittenTo(
  packet: FilterPacket,
  { target, to }: Pick<NatVerdict, 'target' | 'to'>,
): FilterPacket | undefined {
  if (target !== 'DNAT' && target !== 'REDIRECT') return undefined
  const [ip = '', port] = target === 'DNAT' ? (to ?? '').split(':', 2) : ['', to]
  const { dst: _dst, dport, ...rest } = packet
  const newPort = port === undefined || port === '' ? dport : decimal(port, 65535)
  return {
    ...rest,
    ...(isIpv4(ip) ? { dst: ip } : {}),
    ...(newPort === undefined ? {} : { dport: newPort }),
  }
}
