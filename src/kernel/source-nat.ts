/** Does a host put another source address on packets that it passes on? */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Answer, FilterPacket } from './filter/packet.ts'
import { walkNat } from './filter/walk.ts'
import { wayBack } from './way-back.ts'

export interface SourceNat {
  readonly is: Answer
  readonly at?: Cite
}

const CHANGES_SOURCE = new Set(['SNAT', 'MASQUERADE', 'NETMAP', 'SAME'])

/** Interface by which a host sends to `dst`, for rules with `-o`; nothing where its routes were not seen. */
export function leavingBy(facts: HostFacts, dst: string): { readonly out?: string } {
  const way = wayBack(facts, { dst })
  return way.is === 'known' && way.routed.dev !== undefined ? { out: way.routed.dev } : {}
}

/** nat POSTROUTING of iptables, and whether an nft table of its own has rules that do it. */
export function sourceNat(facts: HostFacts, packet: FilterPacket): SourceNat {
  const { firewall, nft } = facts
  const walked = firewall.state === 'known' ? walkNat(firewall.value, firewall, packet, 'postrouting') : undefined
  const by = walked?.by === undefined ? {} : { at: walked.by }
  if (walked?.rewrites === 'yes' && CHANGES_SOURCE.has(walked.target ?? '')) return { is: 'yes', ...by }
  if (walked?.rewrites === 'unknown' && walked.reason !== 'not-listed') return { is: 'unknown', ...by }
  if (nft.state !== 'known') return { is: 'unknown' }
  const tables = nft.value.tables.filter(({ ofIptables, family }) => !ofIptables && ['ip', 'inet'].includes(family))
  const rule = tables
    .flatMap(({ chains }) => chains)
    .flatMap(({ rules }) => rules)
    .find(({ text }) => /\b(?:snat|masquerade)\b/.test(text))
  if (rule) return { is: 'unknown', at: rule.at }
  const natOfIptables = nft.value.tables.some(({ ofIptables, name }) => ofIptables && name === 'nat')
  // An nft list without a nat table settles it for iptables-nft too; the legacy tables are another store.
  const listed = walked?.rewrites === 'no' || (nft.whole && !natOfIptables && legacyUnlikely(facts))
  return listed && nft.whole ? { is: 'no', ...(nft.from[0] ? { at: nft.from[0] } : {}) } : { is: 'unknown' }
}

/** iptables prints which back end it is; `nf_tables`, and no warning of the other one, leaves nothing in the legacy tables. */
function legacyUnlikely({ firewall }: HostFacts): boolean {
  if (firewall.state !== 'known') return false
  return firewall.value.backend === 'nf_tables' && (firewall.value.warnings ?? []).length === 0
}
