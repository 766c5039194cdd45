/** Walks one table: chains call chains, undecided rules fork, and every rule is visited once per look of the packet. */
import type { FilterChain, FilterRule } from '../../model/facts.ts'
import { askRule, type TableWalk } from './ask-rule.ts'
import type { RuleAnswer } from './match.ts'
import { type Doubt, type Ending, Outcomes, type Witness } from './outcomes.ts'
import type { PacketState } from './packet.ts'
import { joinStates, NOWHERE, type States, statesKey, statesOf } from './states.ts'
import { type Effect, effectOf } from './targets.ts'
import type { Step } from './trace.ts'

/** The kernel refuses circles and iptables-nft more than 16 levels; this only protects us from hostile text. */
const DEEPEST = 200
const MOST_VISITS = 200_000

export interface ChainEnd {
  readonly outcomes: Outcomes
  /** The packet as it comes back to the caller. */
  readonly returned: States
}

interface Past {
  readonly on: States
  readonly returned: States
}

export class ChainWalker {
  readonly #walk: TableWalk
  readonly #chains: ReadonlyMap<string, FilterChain>
  readonly #done = new Map<FilterChain, Map<string, ChainEnd>>()
  readonly #open = new Set<FilterChain>()
  #visits = 0

  constructor(walk: TableWalk) {
    this.#walk = walk
    this.#chains = new Map(walk.table.chains.map((chain) => [chain.name, chain]))
  }

  /** Ways the chain can end for these looks of the packet; each pair of chain and looks is worked out once. */
  run(chain: FilterChain, states: States): ChainEnd {
    const key = statesKey(states)
    const seen = this.#done.get(chain) ?? new Map<string, ChainEnd>()
    const known = seen.get(key)
    if (known !== undefined) return known
    this.#open.add(chain)
    const end = this.#visit(chain, states)
    this.#open.delete(chain)
    this.#done.set(chain, seen.set(key, end))
    return end
  }

  #visit(chain: FilterChain, states: States): ChainEnd {
    const outcomes = new Outcomes()
    const gaps = this.#walk.unread.get(chain)
    let here = states
    let returned = NOWHERE
    for (const [index, rule] of chain.rules.entries()) {
      if (here.size === 0) break
      if (++this.#visits > MOST_VISITS) {
        outcomes.add('unknown', this.#witness(chain, 'too-complex', rule))
        return { outcomes, returned: NOWHERE }
      }
      if (gaps?.has(index)) outcomes.add('unknown', this.#witness(chain, 'unread-line'))
      const past = this.#rule(chain, rule, here, outcomes)
      here = past.on
      returned = joinStates(returned, past.returned)
    }
    if (here.size > 0 && gaps?.has(chain.rules.length)) outcomes.add('unknown', this.#witness(chain, 'unread-line'))
    if (here.size > 0 && !this.#walk.whole) outcomes.add('unknown', this.#witness(chain, 'cut-short'))
    return { outcomes, returned: joinStates(returned, here) }
  }

  /** One rule for every look of the packet: what goes on to the next rule, what returns to the caller. */
  #rule(chain: FilterChain, rule: FilterRule, states: States, outcomes: Outcomes): Past {
    const { said, missed, taken } = askRule(this.#walk, rule, states)
    const { target } = rule
    const callee = target === undefined ? undefined : this.#chains.get(target.name)
    if (taken.size === 0 || target === undefined) {
      this.#note(chain, rule, said, 'continue')
      return { on: joinStates(missed, taken), returned: NOWHERE }
    }
    if (callee !== undefined) {
      this.#note(chain, rule, said, target.goto ? 'goto' : 'jump')
      const end = this.#call(chain, callee, rule, taken)
      outcomes.addAll(end.outcomes)
      if (target.goto) return { on: missed, returned: end.returned }
      return { on: joinStates(missed, end.returned), returned: NOWHERE }
    }
    const witness = this.#witness(chain, said.is === 'unknown' ? 'condition' : undefined, rule, said)
    let on = missed
    let returned = NOWHERE
    let shown: Effect['is'] = 'unknown'
    for (const state of taken.values()) {
      const effect = effectOf(target, state) ?? { is: 'unknown' }
      shown = effect.is
      if (effect.is === 'continue') on = joinStates(on, statesOf(effect.state))
      else if (effect.is === 'return') returned = joinStates(returned, statesOf(state))
      else this.#end(outcomes, effect, witness, state)
    }
    this.#note(chain, rule, said, shown)
    return { on, returned }
  }

  #note(chain: FilterChain, rule: FilterRule, { is, because }: RuleAnswer, effect: Step['effect']): void {
    this.#walk.trace.push({
      table: this.#walk.table.name,
      chain: chain.name,
      at: rule.at,
      rule,
      matched: is,
      ...(because === undefined ? {} : { because }),
      effect,
      ...(rule.counters === undefined ? {} : { counters: rule.counters }),
    })
  }

  #end(outcomes: Outcomes, effect: Effect, witness: Witness, state: PacketState): void {
    const ending = effect.is as Ending
    if (ending === 'unknown') outcomes.add(ending, { ...witness, doubt: 'target' })
    else if (effect.is === 'rewrite') {
      outcomes.add(ending, { ...witness, ...(effect.to === undefined ? {} : { to: effect.to }) }, statesOf(state))
    } else outcomes.add(ending, witness, ending === 'accept' ? statesOf(state) : undefined)
  }

  #call(from: FilterChain, callee: FilterChain, rule: FilterRule, states: States): ChainEnd {
    if (!this.#open.has(callee) && this.#open.size < DEEPEST) return this.run(callee, states)
    const outcomes = new Outcomes()
    outcomes.add('unknown', this.#witness(from, 'too-complex', rule))
    return { outcomes, returned: NOWHERE }
  }

  #witness(chain: FilterChain, doubt: Doubt | undefined, rule?: FilterRule, said?: RuleAnswer): Witness {
    return {
      table: this.#walk.table.name,
      chain: chain.name,
      at: rule?.at ?? chain.at,
      ...(rule === undefined ? {} : { rule }),
      ...(doubt === undefined ? {} : { doubt }),
      ...(said?.because === undefined ? {} : { option: said.because.option }),
      certain: doubt === undefined,
    }
  }
}
