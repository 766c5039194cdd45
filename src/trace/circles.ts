/** A real server that is a director too may balance once more what it was sent. */
import { balancesAgain } from '../kernel/balances-again.ts'
import type { FilterPacket } from '../kernel/filter.ts'
import { serviceFor } from '../kernel/ipvs.ts'
import type { Host } from '../model/case.ts'
import type { Walk } from './walk.ts'

interface Balanced {
  readonly director: Host
  readonly packet: FilterPacket
  readonly mode: 'DR' | 'TUN'
}

/** True: its own IPVS takes the packet, and it may come back. */
export function circles(walk: Walk, host: Host, { director, packet, mode }: Balanced): boolean {
  const { ipvs } = host.facts
  if (ipvs.state === 'missing') return false
  const { protocol, dst = '', dport = 0, mark } = packet
  const service = serviceFor(ipvs.value, { protocol, dst, dport, ...(mark === undefined ? {} : { mark }) })
  if (service === undefined) return false
  const { links } = director.facts
  const macs = links.state === 'known' ? links.value.links.flatMap(({ mac }) => (mac === undefined ? [] : [mac])) : []
  const fwmark = service.fwmark === undefined ? {} : { fwmark: service.fwmark }
  const again = balancesAgain(host.facts, { mode, macs, ...fwmark }, 'backup')
  const step = 'ipvs-again'
  if (again.is === 'no') {
    walk.say({
      step,
      host,
      text: `has the service too, and leaves the packet alone`,
      cites: [service.at, ...again.cites],
    })
    return false
  }
  if (again.is === 'unknown') {
    const assumed = [`${host.id} does not balance it again (${again.what})`]
    walk.say({ step, host, text: 'has the service too', cites: [service.at], assumed })
    return false
  }
  const text = `balances it again, perhaps back to ${director.id}: it circles`
  walk.say({ step, host, verdict: 'drop', text, cites: [service.at, ...again.cites] })
  return true
}
