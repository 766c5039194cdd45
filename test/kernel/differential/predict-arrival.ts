/** The way of a packet that comes in, by the models, in the kernel's order (ip_route_input_slow, __mkroute_input). */
import { type FilterPacket, pass, walk, walkNat } from '../../../src/kernel/filter.ts'
import { forwards } from '../../../src/kernel/forwarding.ts'
import { type Routed, route } from '../../../src/kernel/route.ts'
import { type Arrival, reversePath } from '../../../src/kernel/rp-filter.ts'
import type { Fate } from './observed.ts'
import { eachHop, type HostModel, leaves, look, outOf, refusal, settle, unknown, WHOLE } from './predict.ts'

/** Several where it depends on the next hop that is chosen. */
export function predictArrival(host: HostModel, packet: FilterPacket): readonly Fate[] {
  const { firewall, routes, rules, links, sysctl } = host
  const { verdict, nat, after = packet } = pass(firewall, WHOLE, packet, 'prerouting')
  if (verdict.verdict !== 'accept') return [refusal(verdict, packet)]
  if (nat?.rewrites === 'unknown') return [unknown(`nat ${nat.option}`)]
  const { src = '', in: dev = '', dst } = after
  const { mark } = look(verdict)
  if (dst === undefined) return [unknown('the new destination is not known')]
  const marked = mark === undefined ? {} : { mark }
  const routed = route(routes, rules, { src, dst, iif: dev, ...marked }, links)
  const arrival: Arrival = { src, dst, in: dev, ...marked }
  if (routed.is === 'unknown') return [unknown('route')]
  if (routed.is === 'multicast' && !host.joined.includes(`${dev} ${dst}`))
    return [{ is: 'lost', because: 'not joined' }]
  if (routed.is === 'local' || routed.is === 'broadcast' || routed.is === 'multicast')
    return [disbelief(host, arrival) ?? inwards(host, packet, after)]
  if (routed.is !== 'unicast' || forwards(sysctl, dev).is === 'no') return [{ is: 'lost', because: routed.is }]
  // Table nat may have turned a group into one address: what was not sent to this host alone is not forwarded (ip_forward).
  if (packet.dstType !== undefined && packet.dstType !== 'unicast') return [{ is: 'lost', because: 'for many' }]
  return eachHop(routed).map(
    (way) => disbelief(host, { ...arrival, ...outOf(way) }) ?? onwards(host, packet, after, way),
  )
}

const COUNTED = ['other-way', 'no-way-back', 'no-address']

function disbelief(host: HostModel, arrival: Arrival): Fate | undefined {
  const { passes, because } = reversePath(host, arrival)
  if (passes === 'yes') return undefined
  if (passes === 'unknown') return unknown(because)
  return { is: 'dropped', because, ...(COUNTED.includes(because) ? { rp: 1 } : {}) }
}

function inwards({ firewall }: HostModel, packet: FilterPacket, after: FilterPacket): Fate {
  const verdict = walk(firewall, WHOLE, packet, 'input', after)
  const fate = settle(verdict, after)
  if (fate.is !== 'delivered' || packet.ctstate !== 'NEW') return fate
  const nat = walkNat(firewall, WHOLE, { ...after, ...look(verdict) }, 'input')
  if (nat.rewrites === 'unknown') return unknown(`nat INPUT ${nat.option}`)
  return nat.rewrites === 'yes' && nat.to !== undefined ? { ...fate, src: nat.to } : fate
}

function onwards(host: HostModel, packet: FilterPacket, after: FilterPacket, way: Routed): Fate {
  const through = { ...after, ...outOf(way) }
  return leaves(host, through, walk(host.firewall, WHOLE, { ...packet, ...outOf(way) }, 'forward', through), way)
}
