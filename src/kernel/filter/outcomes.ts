/** Every way a chain can end for a packet. Two ways that disagree make the verdict unknown. */
import type { Cite } from '../../model/evidence.ts'
import type { FilterRule } from '../../model/facts.ts'
import { joinStates, type States } from './states.ts'

/** Why nothing certain can be said. */
export type Doubt =
  /** Some condition of a rule cannot be decided. */
  | 'condition'
  /** The listing may be cut off here. */
  | 'cut-short'
  /** A line nobody understood may be a rule here. */
  | 'unread-line'
  /** The rule hands the packet to a target whose effect we cannot tell. */
  | 'target'
  /** The table or chain was not listed. */
  | 'not-listed'
  /** Chains call each other in a circle, too deep, or too often. */
  | 'too-complex'

/** Where a way ends: a rule, or the chain's policy. */
export interface Witness {
  readonly table: string
  readonly chain: string
  readonly at?: Cite
  readonly rule?: FilterRule
  readonly doubt?: Doubt
  /** Option of the undecided condition: `set`, `limit` … */
  readonly option?: string
  /** Where a rule rewrites addresses: to what, as printed. */
  readonly to?: string
  /** The rule matches for certain, once reached. */
  readonly certain: boolean
}

export type Ending = 'accept' | 'drop' | 'reject' | 'rewrite' | 'unknown'

/** Endings with the witness to show, and how the packet looks where it may pass on. */
export class Outcomes {
  readonly ways = new Map<Ending, Witness>()
  accepted: States = new Map()

  add(ending: Ending, witness: Witness, states?: States): void {
    const known = this.ways.get(ending)
    // A rule that matches for certain is the better proof than one that only may.
    if (known === undefined || (witness.certain && !known.certain)) this.ways.set(ending, witness)
    if (states !== undefined) this.accepted = joinStates(this.accepted, states)
  }

  addAll(other: Outcomes): void {
    for (const [ending, witness] of other.ways) this.add(ending, witness)
    this.accepted = joinStates(this.accepted, other.accepted)
  }
}
