/** Does a host believe its clients, a client in its own neighbourhood included? */
import type { ClientAddress, Host, Service } from '../model/case.ts'
import type { CaseView } from '../model/check.ts'
import type { Cite } from '../model/evidence.ts'
import type { Links, Sysctl } from '../model/facts.ts'
import { askers } from './askers.ts'
import { type Belief, belief, WAY_IN } from './belief.ts'

interface Arrival {
  readonly vip: string
  readonly dst: string
  readonly dev: string
  readonly service: Service
}

/**
 * Requests come in on a director by the interface of the VIP; but a client that is a neighbour on another interface may use the
 * director as its gateway, and is believed there. Only packets tell which way it takes.
 */
export function clientBelief(
  host: Host,
  evidence: { readonly sysctl: Sysctl; readonly links: Links },
  arrival: Arrival,
  { topology, kase }: CaseView,
): Belief {
  const { dst, dev, service, vip } = arrival
  let sources = askers(topology, kase.hosts, vip)
  let unsure: Belief | undefined
  for (;;) {
    const judged = belief(host.facts, evidence, { dst, dev }, sources)
    if (judged.is !== 'dropped' || judged.source === undefined || !service.directors.includes(host.id))
      return judged.is === 'passes' && unsure ? unsure : judged
    const { source, back } = judged
    const neighbourOn = back?.is === 'unicast' && back.via === undefined ? back.dev : undefined
    if (neighbourOn === undefined || cameIn(host, source, dst, dev)) return judged
    const elsewhere = cameIn(host, source, dst, neighbourOn)
    unsure = elsewhere === undefined ? WAY_IN : (unsure ?? { is: 'passes', cites: [elsewhere] })
    sources = sources.filter((other) => other !== source)
    // With nobody left the question would be about everybody.
    if (sources.length === 0) return unsure
  }
}

/** The first packet of the client to `dst` that the host saw come in by `dev`. */
function cameIn({ facts: { capture } }: Host, { ip }: ClientAddress, dst: string, dev: string): Cite | undefined {
  if (capture.state !== 'known') return undefined
  for (const { value } of [capture, ...capture.earlier]) {
    const on = value.interface === 'any' ? undefined : value.interface
    const found = value.packets.find(
      (packet) =>
        packet.kind === 'tcp' &&
        packet.src === ip &&
        packet.dst === dst &&
        packet.direction !== 'out' &&
        (packet.interface ?? on) === dev,
    )
    if (found) return found.at
  }
  return undefined
}
