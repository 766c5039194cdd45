/** What the tables of nft do with a packet: every base chain of every hook on the way must accept. */
import type { NftRuleset } from '../../model/facts.ts'
import type { Ending, Witness } from '../filter/outcomes.ts'
import type { FilterPacket } from '../filter/packet.ts'
import { type Listing, runBase } from '../filter/stages.ts'
import { type States, statesOf } from '../filter/states.ts'
import type { Step } from '../filter/trace.ts'
import { rewrittenTo } from '../filter/translate.ts'
import { unreadPlaces } from '../filter/unread-places.ts'
import { type BaseOf, baseChains } from './ruleset.ts'

export type NftHook = 'input' | 'forward' | 'output'

const ON_WAY: Readonly<Record<NftHook, readonly BaseOf['base'][]>> = {
  input: ['PREROUTING', 'INPUT'],
  forward: ['PREROUTING', 'FORWARD', 'POSTROUTING'],
  output: ['OUTPUT', 'POSTROUTING'],
}

/** Chains before this one run before connection tracking (NF_IP_PRI_CONNTRACK). */
const TRACKING = -200

export interface NftVerdict {
  readonly verdict: 'accept' | 'drop' | 'reject' | 'unknown'
  readonly witness?: Witness
  readonly trace: readonly Step[]
  /** Base chains were met. */
  readonly met: boolean
}

/** `withIptables`: walk the tables of iptables-nft too. Never throws. */
export function walkNft(
  ruleset: NftRuleset,
  listing: Listing,
  packet: FilterPacket,
  hook: NftHook,
  withIptables: boolean,
): NftVerdict {
  const all = baseChains(ruleset, withIptables)
  const chains = ON_WAY[hook].flatMap((base) => byPriority(all.filter((one) => one.base === base)))
  const unread = unreadPlaces(
    { backend: 'unknown', allTables: false, tables: all.map(({ table }) => table) },
    listing.unread ?? [],
  )
  const trace: Step[] = []
  const ways = new Map<Ending, Witness>()
  let states: States = statesOf({ ctstate: packet.ctstate, mark: packet.mark })
  let here = packet
  for (const { table, chain, base, nat, priority } of chains) {
    if (states.size === 0) break
    if (nat && packet.ctstate !== undefined && packet.ctstate !== 'NEW') continue
    const setting = {
      base,
      packet: here,
      whole: listing.whole,
      unread,
      trace,
      early: priority !== undefined && priority < TRACKING,
    }
    const run = runBase(table, chain, setting, states)
    for (const [ending, witness] of run.ways) {
      if (ending === 'rewrite') here = rewritten(here, witness, run.ways.size > 1, hook)
      else if (ending !== 'accept' || !ways.has('accept')) ways.set(ending, ways.get(ending) ?? witness)
    }
    // A nat chain that rewrites lets the packet pass.
    states = run.ways.has('rewrite') || nat ? states : run.accepted
  }
  if (states.size === 0) ways.delete('accept')
  return { ...agreed(ways, states.size > 0), trace, met: chains.length > 0 }
}

/** Chains of one priority run in the order they were made, which is that of the listing. */
function byPriority(chains: readonly BaseOf[]): readonly BaseOf[] {
  return [...chains].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
}

/** Where it is not certain that the rule rewrites, or to what, address and port are not known behind it. */
function rewritten(packet: FilterPacket, { rule, certain }: Witness, forked: boolean, hook: NftHook): FilterPacket {
  const target = rule?.target
  const to = target?.options['to-destination'] ?? target?.options['to-ports']
  const told = target && rewrittenTo(packet, { target: target.name, ...(to === undefined ? {} : { to }) }, hook)
  if (told === undefined) return packet
  if (certain && !forked && to !== undefined) return told
  const { dst: _dst, dport: _dport, ...rest } = packet
  return rest
}

function agreed(ways: ReadonlyMap<Ending, Witness>, passes: boolean): Pick<NftVerdict, 'verdict' | 'witness'> {
  const doubt = ways.get('unknown')
  const refusal = ways.get('drop') ?? ways.get('reject')
  if (doubt || (passes && refusal)) return told('unknown', doubt ?? refusal)
  if (refusal) return told(ways.has('drop') ? 'drop' : 'reject', refusal)
  return told('accept', ways.get('accept'))
}

function told(verdict: NftVerdict['verdict'], witness: Witness | undefined): Pick<NftVerdict, 'verdict' | 'witness'> {
  return witness === undefined ? { verdict } : { verdict, witness }
}
