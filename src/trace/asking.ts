/** `trace --arp`: who answers for the VIP when a neighbour asks. */
import type { Case } from '../model/case.ts'
import type { PathTrace } from '../model/trace.ts'
import { arpHop } from './arp.ts'
import { concluded, serviceMeant } from './path.ts'
import { Walk } from './walk.ts'

export interface ArpQuestion {
  readonly vip: string
  /** Who asks; left out: any neighbour. */
  readonly client?: string
}

export function traceArp(kase: Case, { vip, client }: ArpQuestion): PathTrace {
  const walk = new Walk(kase)
  const service = kase.topology.services.find((one) => one.vip === vip) ?? serviceMeant(kase, { vip, protocol: 6 })
  arpHop(walk, { vip, service, ...(client === undefined ? {} : { sender: client }) })
  return concluded(`arp who-has ${vip}${client === undefined ? '' : ` tell ${client}`}`, walk.hops)
}
