/** Policy rules: which of them a flow meets (fib_rule_match). */
import { inCidr } from '../lib/ip.ts'
import type { PolicyRule } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'

export interface Flow {
  /** Address it comes from. Left out for traffic of the host itself: not chosen yet, and then no `from` rule fits. */
  readonly src?: string
  readonly dst: string
  /** Interface it came in by; left out: made by the host itself. */
  readonly iif?: string
  /** Interface it is bound to. */
  readonly oif?: string
  /** Firewall mark; left out: 0. */
  readonly mark?: number
}

/** A rule as we walk it: the three of a kernel that nobody configured have no line. */
export type RuleLike = Omit<PolicyRule, 'at'> & Partial<Pick<PolicyRule, 'at'>>

export const DEFAULT_RULES: readonly RuleLike[] = [
  { priority: 0, not: false, action: 'lookup', table: 'local', other: [] },
  { priority: 32766, not: false, action: 'lookup', table: 'main', other: [] },
  { priority: 32767, not: false, action: 'lookup', table: 'default', other: [] },
]

export function matchPolicyRule(rule: RuleLike, flow: Flow): Answer {
  const parts: readonly Answer[] = [
    // The host's own traffic counts as coming in by lo.
    rule.iif === undefined || rule.iif === (flow.iif ?? 'lo') ? 'yes' : 'no',
    rule.oif === undefined || rule.oif === flow.oif ? 'yes' : 'no',
    rule.fwmark === undefined || fitsMark(rule.fwmark, flow.mark ?? 0) ? 'yes' : 'no',
    rule.to === undefined || inCidr(flow.dst, rule.to) ? 'yes' : 'no',
    fitsSource(rule.from, flow),
    rule.other.length === 0 ? 'yes' : 'unknown',
  ]
  const is = parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes'
  if (!rule.not || is === 'unknown') return is
  return is === 'yes' ? 'no' : 'yes'
}

function fitsSource(from: string | undefined, { src, iif }: Flow): Answer {
  if (from === undefined || from.endsWith('/0')) return 'yes'
  if (src !== undefined) return inCidr(src, from) ? 'yes' : 'no'
  return iif === undefined ? 'no' : 'unknown'
}

function fitsMark({ value, mask }: { readonly value: number; readonly mask: number }, mark: number): boolean {
  return ((mark ^ value) & mask) === 0
}
