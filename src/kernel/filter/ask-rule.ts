/** One rule against every look of the packet. */
import type { FilterRule, FilterTable } from '../../model/facts.ts'
import { matchRule, type RuleAnswer } from './match.ts'
import { type Answer, type BaseChain, type FilterPacket, type PacketState, viewAt } from './packet.ts'
import { joinStates, NOWHERE, type States, statesOf } from './states.ts'
import type { Step } from './trace.ts'
import type { Places } from './unread-places.ts'

export interface TableWalk {
  readonly table: FilterTable
  readonly base: BaseChain
  readonly packet: FilterPacket
  readonly whole: boolean
  readonly unread: Places
  readonly trace: Step[]
  /** Before connection tracking, as table raw is. */
  readonly early?: boolean
}

export interface Asked {
  readonly said: RuleAnswer
  readonly missed: States
  readonly taken: States
}

/** Which looks of the packet the rule takes and which it lets by; those it cannot decide on are in both. */
export function askRule(
  { table, base, packet, early = table.name === 'raw' }: TableWalk,
  rule: FilterRule,
  states: States,
): Asked {
  const answers: (readonly [PacketState, RuleAnswer])[] = []
  for (const state of states.values()) answers.push([state, matchRule(viewAt(early, base, packet, state), rule)])
  const first = answers[0]?.[1] ?? { is: 'no' }
  if (answers.every(([, { is }]) => is === first.is)) {
    return {
      said: first,
      missed: first.is === 'yes' ? NOWHERE : states,
      taken: first.is === 'no' ? NOWHERE : states,
    }
  }
  const those = (not: Answer): States =>
    answers.reduce((kept, [state, { is }]) => (is === not ? kept : joinStates(kept, statesOf(state))), NOWHERE)
  const doubt = answers.find(([, { because }]) => because !== undefined)?.[1].because
  return {
    said: { is: 'unknown', ...(doubt === undefined ? {} : { because: doubt }) },
    missed: those('yes'),
    taken: those('no'),
  }
}
