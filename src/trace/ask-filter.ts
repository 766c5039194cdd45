/** One host's packet filters about one packet: the iptables rules and, beside them, what else may refuse. */

import { filterDoubt } from '../kernel/filter/asking.ts'
import { type FilterPacket, type Hook, type Passage, pass, type Step } from '../kernel/filter.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { TraceVerdict } from '../model/trace.ts'
import { type Assumption, assumptionsFor } from './assume.ts'

export type FilterHook = Extract<Hook, 'input' | 'forward' | 'output'>

export interface FilterAnswer {
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

interface Try extends Passage {
  readonly used: readonly Assumption[]
}

/** Three-valued: where the question or the evidence leaves something open, as little as possible is taken for granted, and said. */
export function askFilter(facts: HostFacts, packet: FilterPacket, hook: FilterHook): FilterAnswer {
  const { firewall } = facts
  if (firewall.state === 'missing') return withoutIptables(facts, hook)
  const whole: Assumption = { says: 'the listing of the rules is whole', apply: (same) => same }
  const cut = firewall.whole || firewall.unread.length > 0 ? [] : [whole]
  const ask = (used: readonly Assumption[]): Try => {
    const asked = used.reduce((made, { apply }) => apply(made), packet)
    const listing = { whole: firewall.whole || used.includes(whole), unread: firewall.unread }
    return { used, ...pass(firewall.value, listing, asked, hook) }
  }
  const found = leastTaken(ask, [...assumptionsFor(packet, hook, facts), ...cut])
  const [look, ...others] = found.verdict.passing
  const mark = others.every((other) => other.mark === look?.mark) ? look?.mark : undefined
  return {
    ...answerOf(facts, hook, found),
    ...(found.after === undefined ? {} : { after: found.after }),
    ...(mark === undefined ? {} : { mark }),
  }
}

/** The answer that rests on the fewest assumptions. */
function leastTaken(ask: (used: readonly Assumption[]) => Try, all: readonly Assumption[]): Try {
  const bare = ask([])
  if (bare.verdict.verdict !== 'unknown') return bare
  let best = ask(all)
  if (best.verdict.verdict === 'unknown') return best
  for (const one of all) {
    const fewer = ask(best.used.filter((other) => other !== one))
    if (fewer.verdict.verdict === best.verdict.verdict) best = fewer
  }
  return best
}

function answerOf(
  facts: HostFacts,
  hook: FilterHook,
  { verdict, nat, used }: Try,
): Omit<FilterAnswer, 'after' | 'mark'> {
  const steps = [...(nat?.rewrites === 'yes' ? nat.trace.slice(-1) : []), ...verdict.trace]
  const tables = [...new Set(verdict.assumed.map((stage) => stage.split(' ')[0]))]
  const unlisted =
    tables.length === 0 ? [] : [`not listed, taken to let everything pass: ${hook} in table ${tables.join(', ')}`]
  const doubtfulNat = nat?.rewrites === 'unknown' && nat.reason !== 'not-listed'
  const base = {
    steps,
    assumed: [
      ...used.map(({ says }) => says),
      ...unlisted,
      ...(doubtfulNat ? ['table nat is taken not to rewrite the packet'] : []),
    ],
    ...(verdict.by === undefined ? {} : { by: verdict.by }),
  }
  if (verdict.verdict === 'unknown') return { ...base, verdict: 'unknown', rule: filterDoubt(verdict) }
  const rule = verdict.rule === undefined ? {} : { rule: verdict.rule.text }
  if (verdict.verdict !== 'accept') return { ...base, ...rule, verdict: verdict.verdict }
  const other = otherFilters(facts, hook)
  if (other.is === 'maybe') return { ...base, verdict: 'unknown', by: other.at, rule: `${other.name} may refuse it` }
  const unseen =
    other.is === 'unseen' ? ['no nft table beside iptables refuses it (nft list ruleset was not given)'] : []
  return { ...base, ...rule, verdict: 'accept', assumed: [...base.assumed, ...unseen] }
}

function withoutIptables(facts: HostFacts, hook: FilterHook): FilterAnswer {
  const other = otherFilters(facts, hook)
  const rule = 'the rules of iptables were not listed'
  if (other.is === 'maybe') return { verdict: 'unknown', by: other.at, rule: other.name, steps: [], assumed: [] }
  return { verdict: 'unknown', rule, steps: [], assumed: [] }
}
