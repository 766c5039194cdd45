/** Walks one table: chains call chains, undecided rules fork, and every rule is visited once per look of the packet. */
import type { FilterChain, FilterRule, FilterTable } from '../../model/facts.ts'
import { matchRule, type RuleAnswer } from './match.ts'
import { type Doubt, type Ending, Outcomes, type Witness } from './outcomes.ts'
import { type BaseChain, type FilterPacket, type PacketState, viewAt } from './packet.ts'
import { joinStates, type States, statesKey, statesOf } from './states.ts'
import { type Effect, effectOf } from './targets.ts'
import type { Step } from './trace.ts'
import type { Places } from './unread-places.ts'

/** The kernel refuses circles and iptables-nft more than 16 levels; this only protects us from hostile text. */
const DEEPEST = 200
const MOST_VISITS = 400_000

export interface ChainEnd {
  readonly outcomes: Outcomes
  /** The packet as it comes back to the caller. */
  readonly returned: States
}

export interface TableWalk {
  readonly table: FilterTable
  readonly base: BaseChain
  readonly packet: FilterPacket
  readonly whole: boolean
  readonly unread: Places
  readonly trace: Step[]
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
    let returned: States = new Map()
    for (const [index, rule] of chain.rules.entries()) {
      if (here.size === 0) break
      if (++this.#visits > MOST_VISITS) {
        outcomes.add('unknown', this.#witness(chain, 'too-complex', rule))
        return { outcomes, returned: new Map() }
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
  #rule(chain: FilterChain, rule: FilterRule, states: States, outcomes: Outcomes): { on: States; returned: States } {
    let on: States = new Map()
    let returned: States = new Map()
    let taken: States = new Map()
    let said: RuleAnswer | undefined
    for (const state of states.values()) {
      const answer = matchRule(viewAt(this.#walk.table.name, this.#walk.base, this.#walk.packet, state), rule)
      said = said === undefined || said.is === answer.is ? answer : { ...answer, is: 'unknown' }
      if (answer.is !== 'yes') on = joinStates(on, statesOf(state))
      if (answer.is !== 'no') taken = joinStates(taken, statesOf(state))
    }
    if (said === undefined) return { on, returned }
    const { target } = rule
    const step = { table: this.#walk.table.name, chain: chain.name, at: rule.at, rule, matched: said.is }
    const because = said.because === undefined ? {} : { because: said.because }
    const counters = rule.counters === undefined ? {} : { counters: rule.counters }
    if (taken.size === 0 || target === undefined) {
      this.#walk.trace.push({ ...step, ...because, ...counters, effect: 'continue' })
      return { on: joinStates(on, taken), returned }
    }
    const callee = this.#chains.get(target.name)
    if (callee !== undefined) {
      this.#walk.trace.push({ ...step, ...because, ...counters, effect: target.goto ? 'goto' : 'jump' })
      const end = this.#call(chain, callee, rule, taken)
      outcomes.addAll(end.outcomes)
      if (target.goto) returned = end.returned
      else on = joinStates(on, end.returned)
      return { on, returned }
    }
    const witness = this.#witness(chain, said.is === 'unknown' ? 'condition' : undefined, rule, said)
    let shown: Effect['is'] = 'unknown'
    for (const state of taken.values()) {
      const effect = effectOf(target, state) ?? { is: 'unknown' }
      shown = effect.is
      if (effect.is === 'continue') on = joinStates(on, statesOf(effect.state))
      else if (effect.is === 'return') returned = joinStates(returned, statesOf(state))
      else this.#end(outcomes, effect, witness, state)
    }
    this.#walk.trace.push({ ...step, ...because, ...counters, effect: shown })
    return { on, returned }
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
    return { outcomes, returned: new Map() }
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
