/** The way of a packet that the host sends itself, by the models. */
import { type FilterPacket, pass, walk } from '../../../src/kernel/filter.ts'
import { type Routed, route } from '../../../src/kernel/route.ts'
import type { Fate } from './observed.ts'
import { eachHop, type HostModel, leaves, look, outOf, refusal, settle, unknown, WHOLE } from './predict.ts'

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
  const { verdict, nat, after = out } = pass(host.firewall, WHOLE, out, 'output')
  if (verdict.verdict !== 'accept') return [refusal(verdict, after)]
  if (nat?.rewrites === 'unknown') return [unknown(`nat ${nat.option}`)]
  const { mark } = look(verdict)
  const moved = after.dst !== out.dst || (mark ?? 0) !== (out.mark ?? 0)
  // A new destination or a new mark makes the kernel look again (ip_route_me_harder).
  const again = moved ? routeOut(host, { ...after, ...(mark === undefined ? {} : { mark }) }, oif) : way
  if (again.is === 'local') {
    // The packet comes in again by lo, with the connection it already has, so that table nat is not asked again.
    const { out: _out, ...back } = { ...after, in: 'lo', ...look(verdict) }
    return [settle(walk(host.firewall, WHOLE, back, 'input'), back)]
  }
  if (again.hops.length === 0) return [stuck(again)]
  return eachHop(again).map((hop) => leaves(host, { ...after, ...outOf(hop) }, verdict, hop))
}

function routeOut({ routes, rules, links }: HostModel, { src, dst = '', mark }: FilterPacket, oif?: string): Routed {
  const flow = { dst, ...(src === undefined ? {} : { src }), ...(mark === undefined ? {} : { mark }) }
  return route(routes, rules, { ...flow, ...(oif === undefined ? {} : { oif }) }, links)
}
