/** The tables a packet meets at a hook, in the kernel's order, run one after the other. */
import type { Unread } from '../../model/evidence.ts'
import type { FilterChain, FilterTable, Firewall } from '../../model/facts.ts'
import { Outcomes, type Witness } from './outcomes.ts'
import type { BaseChain, FilterPacket, Hook } from './packet.ts'
import { type States, statesOf } from './states.ts'
import { ChainWalker } from './table-walk.ts'
import type { Step } from './trace.ts'
import { type Places, unreadPlaces } from './unread-places.ts'

/** How far the listing can be trusted; a `Known<Firewall>` fits. */
export interface Listing {
  /** Nothing is cut off. */
  readonly whole: boolean
  /** Lines not understood: any of them may be a rule. */
  readonly unread?: readonly Unread[]
}

export type Stage = readonly [table: string, chain: BaseChain]

/** Priorities -300 raw, -150 mangle, 0 filter, 50 security. nat is asked for on its own: see `walkNat`. */
export const STAGES: Readonly<Record<Hook, readonly Stage[]>> = {
  prerouting: [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
  ],
  input: [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
    ['mangle', 'INPUT'],
    ['filter', 'INPUT'],
    ['security', 'INPUT'],
  ],
  forward: [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
    ['mangle', 'FORWARD'],
    ['filter', 'FORWARD'],
    ['security', 'FORWARD'],
    ['mangle', 'POSTROUTING'],
  ],
  output: [
    ['raw', 'OUTPUT'],
    ['mangle', 'OUTPUT'],
    ['filter', 'OUTPUT'],
    ['security', 'OUTPUT'],
    ['mangle', 'POSTROUTING'],
  ],
  postrouting: [['mangle', 'POSTROUTING']],
}

export interface Run {
  /** Every ending but `accept`, over all stages, and the last stage's accept. */
  readonly outcomes: Outcomes
  readonly passing: States
  /** Stages that were not listed and are taken to let everything pass, as `raw PREROUTING`. */
  readonly assumed: readonly string[]
  readonly listed: readonly Stage[]
  readonly trace: readonly Step[]
}

/** Does table nat come before this stage? Its priority is -100 at PREROUTING and OUTPUT: after raw and mangle there. */
export function isAfterNat([table, chain]: Stage): boolean {
  return !((table === 'raw' || table === 'mangle') && (chain === 'PREROUTING' || chain === 'OUTPUT'))
}

/**
 * Lets the packet run through the stages; what one drops does not reach the next.
 * `rewritten`: what table nat makes of it, for the stages behind nat.
 */
export function runStages(
  firewall: Firewall,
  listing: Listing,
  packet: FilterPacket,
  stages: readonly Stage[],
  rewritten: FilterPacket = packet,
): Run {
  const unread = unreadPlaces(firewall, listing.unread ?? [])
  const outcomes = new Outcomes()
  const assumed: string[] = []
  const listed: Stage[] = []
  const trace: Step[] = []
  let accept: Witness | undefined
  let passing = statesOf({ ctstate: packet.ctstate, mark: packet.mark })
  for (const stage of stages) {
    const [name, base] = stage
    const found = chainsAt(firewall, stage)
    if (found.length === 0 && !(firewall.allTables && listing.whole)) assumed.push(`${name} ${base}`)
    for (const { table, chain } of found) {
      if (passing.size === 0) break
      const seen = isAfterNat(stage) ? behindNat(base, packet, rewritten) : packet
      const run = runBase(table, chain, { base, packet: seen, whole: listing.whole, unread, trace }, passing)
      for (const [ending, witness] of run.ways) {
        if (ending !== 'accept') outcomes.add(ending, witness)
        // The packet filter proper is what people call the rule that let it in.
        else if (accept === undefined || name === 'filter') accept = witness
      }
      passing = run.accepted
      listed.push(stage)
    }
  }
  if (passing.size > 0 && accept !== undefined) outcomes.add('accept', accept, passing)
  return { outcomes, passing, assumed, listed, trace }
}

/** What the host sends is routed anew after nat, but the whole hook OUTPUT goes on with the interface it began with. */
function behindNat(base: BaseChain, { out }: FilterPacket, rewritten: FilterPacket): FilterPacket {
  return base === 'OUTPUT' && out !== undefined && out !== rewritten.out ? { ...rewritten, out } : rewritten
}

function chainsAt(firewall: Firewall, [name, base]: Stage): readonly { table: FilterTable; chain: FilterChain }[] {
  return firewall.tables
    .filter((table) => table.name === name)
    .flatMap((table) => table.chains.filter((chain) => chain.name === base).map((chain) => ({ table, chain })))
}

export interface Setting {
  readonly early?: boolean
  readonly base: BaseChain
  readonly packet: FilterPacket
  readonly whole: boolean
  readonly unread: Places
  readonly trace: Step[]
}

/** A base chain: what comes back from it meets the policy. */
export function runBase(table: FilterTable, chain: FilterChain, setting: Setting, states: States): Outcomes {
  const { outcomes, returned } = new ChainWalker({ table, ...setting }).run(chain, states)
  if (returned.size === 0) return outcomes
  const step = { table: table.name, chain: chain.name, at: chain.at }
  const counters = chain.counters === undefined ? {} : { counters: chain.counters }
  const effect = chain.policy === 'ACCEPT' ? 'accept' : chain.policy === 'DROP' ? 'drop' : 'unknown'
  setting.trace.push({ ...step, matched: 'yes', effect, ...counters })
  const doubt = effect === 'unknown' ? { doubt: 'not-listed' as const } : {}
  outcomes.add(effect, { ...step, ...doubt, certain: true }, effect === 'accept' ? returned : undefined)
  return outcomes
}
