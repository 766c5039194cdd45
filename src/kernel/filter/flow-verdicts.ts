/** Several flows through the filter at once, those that one line refuses together. */
import type { Cite, Known } from '../../model/evidence.ts'
import type { Firewall } from '../../model/facts.ts'
import type { FilterPacket, Hook } from './packet.ts'
import { type Verdict, walk } from './walk.ts'

export interface RefusedFlows<F> {
  readonly flows: readonly F[]
  readonly verdict: Verdict
  /** The rule, or the chain whose policy refuses. */
  readonly at: Cite
  /** What they were walked through. */
  readonly rules: Firewall
}

export interface FlowVerdicts<F> {
  readonly refused: readonly RefusedFlows<F>[]
  /** What lets the others pass. */
  readonly accepted: readonly Cite[]
  /** The first walk that cannot be decided. */
  readonly doubt?: { readonly verdict: Verdict; readonly at: Cite }
  /** A flow whose packets fare differently, so that what is not known about it decides. */
  readonly split?: { readonly flow: F; readonly at: Cite }
}

/** `packetsOf`: every way the packet of a flow may look; only where all are refused (accepted) is the flow. */
export function flowVerdicts<F>(
  firewall: Known<Firewall>,
  flows: readonly F[],
  packetsOf: (flow: F) => readonly FilterPacket[],
  hook: Hook,
): FlowVerdicts<F> {
  const refused = new Map<string, RefusedFlows<F> & { readonly flows: F[] }>()
  const accepted: Cite[] = []
  let doubt: FlowVerdicts<F>['doubt']
  let split: FlowVerdicts<F>['split']
  for (const flow of flows) {
    const verdicts = packetsOf(flow).map((packet) => walk(firewall.value, firewall, packet, hook))
    const refusal = verdicts.find(({ verdict }) => verdict === 'drop' || verdict === 'reject')
    const unknown = verdicts.find(({ verdict }) => verdict === 'unknown')
    const verdict = unknown ?? refusal ?? verdicts[0]
    if (verdict === undefined) continue
    const at = verdict.by ?? firewall.from[0]
    if (unknown) doubt ??= { verdict, at }
    else if (refusal === undefined) accepted.push(at)
    else if (verdicts.some((other) => other.verdict === 'accept')) split ??= { flow, at }
    else {
      const key = `${at.section} ${at.line}`
      const group = refused.get(key) ?? { flows: [], verdict, at, rules: firewall.value }
      group.flows.push(flow)
      refused.set(key, group)
    }
  }
  return {
    refused: [...refused.values()],
    accepted,
    ...(doubt === undefined ? {} : { doubt }),
    ...(split === undefined ? {} : { split }),
  }
}
