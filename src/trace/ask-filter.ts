/** One host's packet filters about one packet, with as little taken for granted as the verdict needs. */
import type { FilterPacket } from '../kernel/filter.ts'
import type { HostFacts } from '../model/case.ts'
import { type Assumption, assumptionsFor } from './assume.ts'
import { type Filtered, type FilterHook, filtersOn } from './filters.ts'

export type { Filtered, FilterHook } from './filters.ts'

interface Try extends Filtered {
  readonly used: readonly Assumption[]
}

/** Three-valued: where the question or the evidence leaves something open, it is assumed, and said. */
export function askFilter(facts: HostFacts, packet: FilterPacket, hook: FilterHook): Filtered {
  const whole: Assumption = { says: 'the listing of the rules is whole', apply: (same) => same }
  const cut = [facts.firewall, facts.nft].some(
    (fact) => fact.state === 'known' && !fact.whole && fact.unread.length === 0,
  )
  const ask = (used: readonly Assumption[]): Try => {
    const asked = used.reduce((made, { apply }) => apply(made), packet)
    return { ...filtersOn(facts, asked, hook, used.includes(whole)), used }
  }
  const { used, ...found } = leastTaken(ask, [...assumptionsFor(packet, hook, facts), ...(cut ? [whole] : [])])
  return { ...found, assumed: [...used.map(({ says }) => says), ...found.assumed] }
}

/** The answer that rests on the fewest assumptions. */
function leastTaken(ask: (used: readonly Assumption[]) => Try, all: readonly Assumption[]): Try {
  const bare = ask([])
  if (bare.verdict !== 'unknown') return bare
  let best = ask(all)
  if (best.verdict === 'unknown') return best
  for (const one of all) {
    const fewer = ask(best.used.filter((other) => other !== one))
    if (fewer.verdict === best.verdict) best = fewer
  }
  return best
}
