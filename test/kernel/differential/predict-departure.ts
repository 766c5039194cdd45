/** The way of a packet that the host sends itself, by the models. */
import { type FilterPacket, pass } from '../../../src/kernel/filter.ts'
import { type Routed, route } from '../../../src/kernel/route.ts'
import type { Fate } from './observed.ts'
import {
  eachHop,
  type HostModel,
  leaves,
  look,
  noteNat,
  outOf,
  refusal,
  settle,
  unknown,
  WHOLE,
  walkOn,
} from './predict.ts'

/** `packet` without `src`: the host chooses. `oif`: what its socket is bound to. */
export function predictDeparture(host: HostModel, packet: FilterPacket, oif?: string): readonly Fate[] {
  const routed = routeOut(host, packet, oif)
  if (routed.is === 'local') return [sent(host, packet, { ...routed, hops: [{ dev: 'lo' }] }, oif)].flat()
  return routed.hops.length === 0 ? [stuck(routed)] : eachHop(routed).flatMap((way) => sent(host, packet, way, oif))
}

function stuck({ is }: Routed): Fate {
  return is === 'unknown' ? unknown('route') : { is: 'dropped', because: is }
}

function sent(host: HostModel, packet: FilterPacket, way: Routed, oif: string | undefined): readonly Fate[] {
  const src = packet.src ?? way.src
  const out = { ...packet, ...outOf(way), ...(src === undefined ? {} : { src }) }
  const { nat, verdict, after = out } = pass(host.firewall, WHOLE, out, 'output')
  noteNat(host, nat)
  if (nat?.rewrites === 'unknown') return [unknown(`nat ${nat.option}`)]
  const { mark = out.mark } = look(verdict)
  const moved = after.dst !== out.dst || (mark ?? 0) !== (out.mark ?? 0)
  // A new destination or a new mark makes the kernel look again (ip_route_me_harder).
  const again = moved ? routeOut(host, { ...after, ...(mark === undefined ? {} : { mark }) }, oif) : way
  const ways = again.is === 'local' ? [{ ...again, hops: [{ dev: 'lo' }] }] : eachHop(again)
  if (ways.length > 0) return ways.map((hop) => goesOut(host, out, { ...after, ...outOf(hop) }, hop))
  const end = walkOn(host, out, 'output', after)
  return [end.verdict === 'accept' ? stuck(again) : refusal(end, after)]
}

function goesOut(host: HostModel, out: FilterPacket, after: FilterPacket, way: Routed): Fate {
  const verdict = walkOn(host, out, 'output', after)
  const left = leaves(host, after, verdict, way)
  if (way.is !== 'local' || left.is !== 'out') return left
  // The packet comes in again by lo, with the connection it already has, so that table nat is not asked again.
  const source = left.src === undefined ? {} : { src: left.src }
  const { out: _out, ...back } = { ...after, ...source, in: 'lo', ...look(verdict) }
  return settle(walkOn(host, back, 'input'), back)
}

function routeOut({ routes, rules, links }: HostModel, { src, dst = '', mark }: FilterPacket, oif?: string): Routed {
  const flow = { dst, ...(src === undefined ? {} : { src }), ...(mark === undefined ? {} : { mark }) }
  return route(routes, rules, { ...flow, ...(oif === undefined ? {} : { oif }) }, links)
}
