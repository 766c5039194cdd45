/** What the walk looked at, rule by rule. */
import type { Cite } from '../../model/evidence.ts'
import type { FilterCounters, FilterMatch, FilterRule } from '../../model/facts.ts'
import type { Answer } from './packet.ts'

/** One rule (or, without `rule`, a policy) that the packet met. */
export interface Step {
  readonly table: string
  readonly chain: string
  readonly at: Cite
  readonly rule?: FilterRule
  readonly matched: Answer
  /** The condition that failed or could not be decided. */
  readonly because?: FilterMatch
  readonly effect: 'accept' | 'drop' | 'reject' | 'rewrite' | 'return' | 'jump' | 'goto' | 'continue' | 'unknown'
  /** How often the real packet filter saw it match: proof beyond the model. */
  readonly counters?: FilterCounters
}
