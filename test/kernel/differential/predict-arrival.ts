/** The way of a packet that comes in, by the models, in the kernel's order (ip_route_input_slow, __mkroute_input). */
import type { FilterPacket } from '../../../src/kernel/filter.ts'
import { forwards } from '../../../src/kernel/forwarding.ts'
import { type Routed, route } from '../../../src/kernel/route.ts'
import { type Arrival, reversePath } from '../../../src/kernel/rp-filter.ts'
import type { Fate } from './observed.ts'
import {
  eachHop,
  type HostModel,
  leaves,
  look,
  natOn,
  outOf,
  passOn,
  refusal,
  settle,
  unknown,
  walkOn,
} from './predict.ts'

/** Several where it depends on the next hop that is chosen. */
export function predictArrival(host: HostModel, packet: FilterPacket): readonly Fate[] {
  const { routes, rules, links, sysctl } = host
  const { verdict, nat, after = packet } = passOn(host, packet, 'prerouting')
  if (verdict.verdict !== 'accept') return [refusal(verdict, packet)]
  if (nat?.rewrites === 'unknown') return [perhapsRewritten(host, packet) ?? unknown(`nat ${nat.option}`)]
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

/** Table nat may rewrite it, or not: certain only where it is refused whatever its destination. */
function perhapsRewritten(
  host: HostModel,
  { dst: _dst, dport: _dport, dstType: _type, ...packet }: FilterPacket,
): Fate | undefined {
  const inside = walkOn(host, packet, 'input')
  const beyond = walkOn(host, packet, 'forward')
  const refused = [inside, beyond].every(({ verdict }) => verdict === 'drop' || verdict === 'reject')
  return refused ? { is: 'lost' } : undefined
}

const COUNTED = ['other-way', 'no-way-back', 'no-address']

function disbelief(host: HostModel, arrival: Arrival): Fate | undefined {
  const { passes, because } = reversePath(host, arrival)
  if (passes === 'yes') return undefined
  if (passes === 'unknown') return unknown(because)
  return { is: 'dropped', because, ...(COUNTED.includes(because) ? { rp: 1 } : {}) }
}

function inwards(host: HostModel, packet: FilterPacket, after: FilterPacket): Fate {
  const verdict = walkOn(host, packet, 'input', after)
  const fate = settle(verdict, after)
  // iptables-nft puts table security (150) behind table nat (100), the kernel's own order is 50 and 100.
  if (host.natFirst && verdict.trace.at(-1)?.table === 'security' && packet.ctstate === 'NEW')
    natOn(host, { ...after, ...look(verdict) }, 'input')
  if (fate.is !== 'delivered' || packet.ctstate !== 'NEW') return fate
  const nat = natOn(host, { ...after, ...look(verdict) }, 'input')
  if (nat.rewrites === 'unknown') return unknown(`nat INPUT ${nat.option}`)
  return nat.rewrites === 'yes' && nat.to !== undefined ? { ...fate, src: nat.to } : fate
}

function onwards(host: HostModel, packet: FilterPacket, after: FilterPacket, way: Routed): Fate {
  const through = { ...after, ...outOf(way) }
  return leaves(host, through, walkOn(host, { ...packet, ...outOf(way) }, 'forward', through), way)
}
