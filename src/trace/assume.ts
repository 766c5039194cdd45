/** What a question about a packet leaves open, and what is taken for it: only as much as the verdict needs. */

import type { FilterPacket, Hook } from '../kernel/filter.ts'
import { towards } from '../kernel/towards.ts'
import { inCidr } from '../lib/ip.ts'
import type { HostFacts } from '../model/case.ts'

export interface Assumption {
  /** In words, as the answer says it. */
  readonly says: string
  apply(packet: FilterPacket): FilterPacket
}

/** In the order in which they are tried: the surest first. */
export function assumptionsFor(packet: FilterPacket, hook: Hook, facts: HostFacts): readonly Assumption[] {
  const { protocol, ctstate } = packet
  const way = hook === 'output' ? packet.dst : packet.src
  const dev = way === undefined ? undefined : towards(facts, way)?.dev
  const list: (Assumption | undefined | false)[] = [
    packet.mark === undefined && taken('no firewall mark on it', (p) => ({ ...p, mark: 0 })),
    ctstate === undefined && taken('the first packet of its connection (NEW)', (p) => ({ ...p, ctstate: 'NEW' })),
    protocol === 6 && packet.tcpFlags === undefined ? flags(ctstate) : undefined,
    protocol === 1 && packet.icmpType === undefined
      ? taken('an echo request (icmp type 8)', (p) => ({ ...p, icmpType: 8, icmpCode: 0 }))
      : undefined,
    protocol === 1 && packet.icmpType !== undefined && packet.icmpCode === undefined
      ? taken('icmp code 0', (p) => ({ ...p, icmpCode: 0 }))
      : undefined,
    hook === 'output' ? outBy(packet, dev) : inBy(packet, dev),
    hook === 'input' ? forUs(packet) : undefined,
    (protocol === 6 || protocol === 17) && packet.sport === undefined
      ? taken('a source port of a client (54321)', (p) => ({ ...p, sport: 54321 }))
      : undefined,
    packet.bridged === undefined && taken('it crosses no bridge of the host', (p) => ({ ...p, bridged: false })),
    packet.rare === undefined && taken('packets are few: no rate limit is reached', (p) => ({ ...p, rare: true })),
  ]
  return list.filter((one) => one !== undefined && one !== false)
}

function taken(says: string, apply: Assumption['apply']): Assumption {
  return { says, apply }
}

function flags(ctstate: FilterPacket['ctstate']): Assumption {
  const answered = ctstate === 'ESTABLISHED' || ctstate === 'RELATED'
  return answered
    ? taken('a TCP packet with ACK alone', (p) => ({ ...p, tcpFlags: ['ACK'] }))
    : taken('a TCP packet with SYN alone', (p) => ({ ...p, tcpFlags: ['SYN'] }))
}

function inBy(packet: FilterPacket, dev: string | undefined): Assumption | undefined {
  if (packet.in !== undefined) return undefined
  if (dev !== undefined) return taken(`comes in by ${dev}, the way back to its sender`, (p) => ({ ...p, in: dev }))
  if (packet.src !== undefined && inCidr(packet.src, '127.0.0.0/8')) return undefined
  return packet.notIn ? undefined : taken('does not come in by lo', (p) => ({ ...p, notIn: ['lo'] }))
}

function outBy(packet: FilterPacket, dev: string | undefined): Assumption | undefined {
  if (packet.out !== undefined) return undefined
  if (dev !== undefined) return taken(`leaves by ${dev}, as the routes say`, (p) => ({ ...p, out: dev }))
  return packet.notOut ? undefined : taken('does not leave by lo', (p) => ({ ...p, notOut: ['lo'] }))
}

/** What reaches INPUT is for this host, whether its addresses were listed or not. */
function forUs({ dst, local }: FilterPacket): Assumption | undefined {
  if (dst === undefined || inCidr(dst, '224.0.0.0/4') || local?.some((own) => own.split('/', 1)[0] === dst))
    return undefined
  return taken(`${dst} is an address of the host`, (p) => ({ ...p, local: [...(p.local ?? []), `${dst}/32`] }))
}
