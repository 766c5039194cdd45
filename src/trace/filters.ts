/** Every packet filter of a host about one packet: the tables of iptables and the tables of nft beside them. */

import { filterDoubt } from '../kernel/filter/asking.ts'
import { type FilterPacket, type Passage, pass, type Step } from '../kernel/filter.ts'
import { type NftVerdict, walkNft } from '../kernel/nft/walk.ts'
import { deviceFilter, otherFilters } from '../kernel/other-filters.ts'
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { TraceVerdict } from '../model/trace.ts'

export type FilterHook = 'input' | 'forward' | 'output'

export interface Filtered {
  readonly verdict: TraceVerdict
  readonly by?: Cite
  /** The deciding rule as printed, or what cannot be decided. */
  readonly rule?: string
  readonly steps: readonly Step[]
  readonly assumed: readonly string[]
  /** The packet behind table nat, where that rewrites it. */
  readonly after?: FilterPacket
  /** Firewall mark behind the tables, where every way gives the same. */
  readonly mark?: number
}

/** `whole`: take listings that may be cut off for whole ones. */
export function filtersOn(facts: HostFacts, packet: FilterPacket, hook: FilterHook, whole: boolean): Filtered {
  const { firewall, nft } = facts
  const passage =
    firewall.state === 'known'
      ? pass(firewall.value, { whole: firewall.whole || whole, unread: firewall.unread }, packet, hook)
      : undefined
  const native =
    nft.state === 'known'
      ? walkNft(nft.value, { whole: nft.whole || whole, unread: nft.unread }, marked(packet, passage), hook, !passage)
      : undefined
  const [first, second] = [passage && fromIptables(passage, hook), native?.met ? fromNft(native) : undefined]
  const refusal = [first, second].find((one) => one?.verdict === 'drop' || one?.verdict === 'reject')
  if (refusal) return refusal
  const doubt = [first, second].find((one) => one?.verdict === 'unknown')
  if (doubt) return doubt
  const accepted = first ?? second
  if (accepted === undefined) return unseen(facts)
  return beside(facts, hook, { ...accepted, steps: [...accepted.steps, ...(first && second ? second.steps : [])] })
}

/** nft meets the packet as iptables has marked it; where that is not one mark, it is not known. */
function marked(packet: FilterPacket, passage: Passage | undefined): FilterPacket {
  const marks = new Set(passage?.verdict.passing.map((look) => look.mark) ?? [packet.mark])
  if (marks.size === 0 || (marks.size === 1 && marks.has(packet.mark))) return packet
  const { mark: _, ...rest } = packet
  return rest
}

function fromIptables({ verdict, nat, after }: Passage, hook: FilterHook): Filtered {
  const tables = [...new Set(verdict.assumed.map((stage) => stage.split(' ')[0]))]
  const unlisted =
    tables.length === 0 ? [] : [`not listed, taken to let everything pass: ${hook} in table ${tables.join(', ')}`]
  const doubtful = nat?.rewrites === 'unknown' && nat.reason !== 'not-listed'
  const [look, ...others] = verdict.passing
  const mark = others.every((other) => other.mark === look?.mark) ? look?.mark : undefined
  const rule = verdict.verdict === 'unknown' ? filterDoubt(verdict) : verdict.rule?.text
  return {
    verdict: verdict.verdict,
    ...(verdict.by === undefined ? {} : { by: verdict.by }),
    ...(rule === undefined ? {} : { rule }),
    steps: [...(nat?.rewrites === 'yes' ? nat.trace.slice(-1) : []), ...verdict.trace],
    assumed: [...unlisted, ...(doubtful ? ['table nat is taken not to rewrite the packet'] : [])],
    ...(after === undefined ? {} : { after }),
    ...(mark === undefined ? {} : { mark }),
  }
}

function fromNft({ verdict, witness, trace }: NftVerdict): Filtered {
  const rule = witness?.rule?.text
  const why = verdict === 'unknown' && witness?.option !== undefined ? `"${rule}" depends on ${witness.option}` : rule
  return {
    verdict,
    ...(witness?.at === undefined ? {} : { by: witness.at }),
    ...(why === undefined ? {} : { rule: why }),
    steps: trace,
    assumed: [],
  }
}

/** What is not walked, or was not listed, may still refuse what passes here. */
function beside(facts: HostFacts, hook: FilterHook, accepted: Filtered): Filtered {
  const { firewall, nft } = facts
  const warning = firewall.state === 'known' ? firewall.value.warnings?.[0] : undefined
  const device = hook === 'output' ? undefined : deviceFilter(facts)
  if (warning) return { ...accepted, verdict: 'unknown', by: warning, rule: 'tables of the other iptables back end' }
  if (device) return { ...accepted, verdict: 'unknown', by: device.at, rule: `${device.name} may refuse it` }
  const assumed = [...accepted.assumed]
  if (nft.state === 'missing' && otherFilters(facts, hook).is === 'unseen')
    assumed.push('no nft table beside iptables refuses it (nft list ruleset was not given)')
  if (firewall.state === 'missing') assumed.push('iptables has no rules besides (iptables-save was not given)')
  return { ...accepted, assumed }
}

function unseen({ firewall, nft }: HostFacts): Filtered {
  // An nft list without any base chain on the way refuses nothing.
  if (nft.state === 'known' && firewall.state === 'missing')
    return {
      verdict: 'accept',
      steps: [],
      assumed: ['iptables has no rules besides (iptables-save was not given)'],
    }
  return { verdict: 'unknown', rule: 'no rules were listed', steps: [], assumed: [] }
}
