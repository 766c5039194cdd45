/** What is left to say about packets that no rule refuses: a rule that cannot be decided, a filter beside iptables, or a pass. */

import type { HostFacts } from '../../model/case.ts'
import { pass, type Ruling, undecided } from '../../model/check.ts'
import { isNonEmpty, type Known } from '../../model/evidence.ts'
import type { Firewall } from '../../model/facts.ts'
import { type FilterHook, otherFilters } from '../other-filters.ts'
import { filterDoubt } from './asking.ts'
import type { FlowVerdicts } from './flow-verdicts.ts'

export const FLOW_REASONS = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets these packets pass: ${d.why}`,
  'other-filter': (d: { filter: string }) => `iptables lets these packets pass, but ${d.filter} can still refuse them`,
  'nft-unseen': (_: Record<string, never>) =>
    'iptables lets these packets pass; whether an nft table refuses them was not seen',
}

const [RULES, NFT] = [['iptables-save -c'], ['nft list ruleset']]

/** For flows of which `flowVerdicts` found none refused. */
export function flowRuling(
  facts: HostFacts,
  firewall: Known<Firewall>,
  hook: FilterHook,
  { accepted, doubt }: Pick<FlowVerdicts<unknown>, 'accepted' | 'doubt'>,
): Ruling {
  if (doubt) return undecided(FLOW_REASONS, 'rule-cannot-tell', { why: filterDoubt(doubt.verdict) }, [doubt.at], RULES)
  const other = otherFilters(facts, hook)
  if (other.is === 'maybe') return undecided(FLOW_REASONS, 'other-filter', { filter: other.name }, [other.at], NFT)
  if (other.is === 'unseen') return undecided(FLOW_REASONS, 'nft-unseen', {}, firewall.from, NFT)
  return pass(isNonEmpty(accepted) ? accepted : firewall.from)
}
