/** Requests of clients through a packet filter. A rule set may keep some clients out on purpose; one that keeps out all of them hardly does. */
import type { Cite, Known } from '../../model/evidence.ts'
import type { Firewall } from '../../model/facts.ts'
import { type FlowVerdicts, flowVerdicts, type RefusedFlows } from './flow-verdicts.ts'
import type { FilterPacket, Hook } from './packet.ts'

export interface RequestVerdicts<R> extends Omit<FlowVerdicts<R>, 'refused'> {
  /** Of services that are refused to every client. */
  readonly shut: readonly RefusedFlows<R>[]
  /** Refused to some clients only. */
  readonly partly?: { readonly flows: readonly R[]; readonly at: Cite }
}

export function requestVerdicts<R extends { readonly service: unknown }>(
  firewall: Known<Firewall>,
  requests: readonly R[],
  packetsOf: (request: R) => readonly FilterPacket[],
  hook: Hook,
): RequestVerdicts<R> {
  const { refused, ...rest } = flowVerdicts(firewall, requests, packetsOf, hook)
  const all = new Set(refused.flatMap(({ flows }) => flows))
  const open = new Set(requests.filter((request) => !all.has(request)).map(({ service }) => service))
  const shut = refused.flatMap((group) => {
    const flows = group.flows.filter(({ service }) => !open.has(service))
    return flows.length === 0 ? [] : [{ ...group, flows }]
  })
  const [first] = shut.length === 0 ? refused : []
  return { ...rest, shut, ...(first === undefined ? {} : { partly: first }) }
}
