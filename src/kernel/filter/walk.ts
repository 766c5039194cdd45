/** The packet filter's verdict on one packet, with the rules it met on the way. */
import type { Cite } from '../../model/evidence.ts'
import type { FilterRule, Firewall } from '../../model/facts.ts'
import type { Doubt, Ending, Outcomes, Witness } from './outcomes.ts'
import type { Answer, FilterPacket, Hook, PacketState } from './packet.ts'
import { type Listing, runStages, STAGES, type Stage } from './stages.ts'
import type { Step } from './trace.ts'

interface Told {
  /** The deciding rule, or the chain line whose policy decides; for `unknown` the line that cannot be decided. */
  readonly by: Cite | undefined
  readonly rule?: FilterRule
  /** Only with `unknown`: why. */
  readonly reason?: Doubt
  /** Option of the condition that cannot be decided. */
  readonly option?: string
  /** Stages nobody listed, as `raw PREROUTING`: taken to let everything pass. */
  readonly assumed: readonly string[]
  readonly trace: readonly Step[]
}

export interface Verdict extends Told {
  /** `drop` also where some ways drop and others reject: nothing passes. */
  readonly verdict: 'accept' | 'drop' | 'reject' | 'unknown'
  /** Every way the packet may look where it passes: its mark, for one. */
  readonly passing: readonly PacketState[]
}

export interface NatVerdict extends Told {
  readonly rewrites: Answer
  /** DNAT, REDIRECT, SNAT, MASQUERADE … */
  readonly target?: string
  /** New address or port as printed, where the rule names one. */
  readonly to?: string
}

/**
 * What the listed rules do with a packet at a hook. `input` is the whole way in (raw and mangle PREROUTING, mangle and
 * filter INPUT); a drop anywhere on it is a drop. Table nat is not asked here but by `walkNat`; `rewritten` is what it made.
 * A rule that cannot be decided forks the way; only where all ways agree is there a verdict. Policies and the ends of
 * chains count only in a whole listing. Never throws; linear in the rules for any rules.
 */
export function walk(
  firewall: Firewall,
  listing: Listing,
  packet: FilterPacket,
  hook: Hook,
  rewritten?: FilterPacket,
): Verdict {
  const { outcomes, passing, assumed, listed, trace } = runStages(firewall, listing, packet, STAGES[hook], rewritten)
  const rest = { assumed, trace, passing: [...passing.values()] }
  const ways = passOrNot(outcomes)
  if (ways.size === 0 && assumed.length === 0) return { verdict: 'accept', by: undefined, ...rest }
  if (ways.has('unknown') || (ways.has('accept') && ways.size > 1)) {
    return { verdict: 'unknown', ...doubtful(ways.get('unknown'), trace), ...rest }
  }
  if (ways.has('accept') || ways.size === 0) {
    const accept = ways.get('accept')
    if (missesMainTable(hook, listed, assumed))
      return { verdict: 'unknown', by: undefined, reason: 'not-listed', ...rest }
    return { verdict: 'accept', ...told(accept), ...rest }
  }
  const drop = ways.get('drop')
  const reject = ways.get('reject')
  if (drop === undefined || (reject?.certain === true && !drop.certain)) {
    return { verdict: drop === undefined ? 'reject' : 'drop', ...told(reject), ...rest }
  }
  return { verdict: 'drop', ...told(drop), ...rest }
}

const NAT_STAGES: Readonly<Record<Exclude<Hook, 'forward'>, readonly Stage[]>> = {
  prerouting: STAGES.prerouting,
  input: [...STAGES.prerouting, ['mangle', 'INPUT'], ['filter', 'INPUT']],
  output: [
    ['raw', 'OUTPUT'],
    ['mangle', 'OUTPUT'],
  ],
  postrouting: STAGES.postrouting,
}

/**
 * Does table nat rewrite the connection that this packet begins? The kernel asks it for the first packet only, and never
 * for INVALID or UNTRACKED ones (nf_nat_inet_fn). A packet that an earlier table drops is not rewritten.
 */
export function walkNat(
  firewall: Firewall,
  listing: Listing,
  packet: FilterPacket,
  hook: Exclude<Hook, 'forward'>,
): NatVerdict {
  const chain = { prerouting: 'PREROUTING', input: 'INPUT', output: 'OUTPUT', postrouting: 'POSTROUTING' } as const
  const before = runStages(firewall, listing, packet, NAT_STAGES[hook])
  const tracked = [...before.passing.values()].filter(({ ctstate }) => ctstate !== 'INVALID' && ctstate !== 'UNTRACKED')
  const [state] = tracked
  if (state === undefined) return { rewrites: 'no', by: undefined, assumed: before.assumed, trace: before.trace }
  // Several looks are rare: what they do not share is not known.
  const mark = tracked.every((other) => other.mark === state.mark) ? state.mark : undefined
  const { mark: _mark, ctstate: _ctstate, ...fields } = packet
  const marked = { ...fields, ...(mark === undefined ? {} : { mark }) }
  const seen = { ...marked, ...(state.ctstate === undefined ? {} : { ctstate: state.ctstate }) }
  const nat = runStages(firewall, listing, seen, [['nat', chain[hook]]])
  const rest = { assumed: before.assumed, trace: [...before.trace, ...nat.trace] }
  if (nat.assumed.length > 0) return { rewrites: 'unknown', by: undefined, reason: 'not-listed', ...rest }
  const { ways } = nat.outcomes
  const rewrite = ways.get('rewrite')
  if (rewrite === undefined && !ways.has('unknown')) return { rewrites: 'no', ...told(ways.get('accept')), ...rest }
  const forked =
    before.passing.size > tracked.length || [...before.outcomes.ways.keys()].some((way) => way !== 'accept')
  if (rewrite === undefined || ways.size > 1 || forked) {
    return { rewrites: 'unknown', ...doubtful(ways.get('unknown'), rest.trace), ...rest }
  }
  const target = rewrite.rule?.target?.name
  return {
    rewrites: 'yes',
    ...told(rewrite),
    ...(target === undefined ? {} : { target }),
    ...(rewrite.to === undefined ? {} : { to: rewrite.to }),
    ...rest,
  }
}

/** For the filter a rewritten packet is one that passes. */
function passOrNot(outcomes: Outcomes): ReadonlyMap<Ending, Witness> {
  const ways = new Map(outcomes.ways)
  const rewrite = ways.get('rewrite')
  if (rewrite !== undefined && !ways.has('accept')) ways.set('accept', rewrite)
  ways.delete('rewrite')
  return ways
}

function told(witness: Witness | undefined): Pick<Told, 'by' | 'rule'> {
  return { by: witness?.at, ...(witness?.rule === undefined ? {} : { rule: witness.rule }) }
}

/** The line to blame for not knowing: the way that ends in doubt, else the first condition that forked the walk. */
function doubtful(unknown: Witness | undefined, trace: readonly Step[]): Omit<Told, 'assumed' | 'trace'> {
  if (unknown?.doubt !== undefined) {
    const option = unknown.option === undefined ? {} : { option: unknown.option }
    return { ...told(unknown), reason: unknown.doubt, ...option }
  }
  const fork = trace.find((step) => step.matched === 'unknown')
  return {
    by: fork?.at,
    ...(fork?.rule === undefined ? {} : { rule: fork.rule }),
    reason: 'condition',
    ...(fork?.because === undefined ? {} : { option: fork.because.option }),
  }
}

/** Letting pass is no verdict while table filter (at the other hooks: every table) is one that nobody listed. */
function missesMainTable(hook: Hook, listed: readonly Stage[], assumed: readonly string[]): boolean {
  if (assumed.length === 0) return false
  const hasFilter = STAGES[hook].some(([table]) => table === 'filter')
  return hasFilter ? !listed.some(([table]) => table === 'filter') : listed.length === 0
}
