/** IP in IP on a real server: the outer packet comes in like any other, the inner one by the tunnel device. */
import type { FilterPacket } from '../kernel/filter.ts'
import type { Host } from '../model/case.ts'
import { isTunnelLink } from '../topology/addresses.ts'
import { tunnelsFor } from '../topology/arrivals.ts'
import { arrive } from './real-server.ts'
import type { Walk } from './walk.ts'

interface Tunnelled {
  readonly outer: FilterPacket
  readonly inner: FilterPacket
  /** Interface that the outer packet comes in by. */
  readonly dev: string | undefined
  readonly director: Host
}

/** True: the application got the inner packet. */
export function unpack(walk: Walk, host: Host, { outer, inner, dev, director }: Tunnelled): boolean {
  const { src, dst = '' } = outer
  if (src !== undefined && !walk.reverse(host, { src, dst, in: dev })) return false
  if (walk.filter(host, outer, 'input') === undefined) return false
  const tunnel = deviceFor(walk, host, inner.dst ?? '')
  if (tunnel === undefined) return false
  const { in: _in, notIn: _not, local: _local, ...rest } = inner
  const local = outer.local === undefined ? {} : { local: outer.local }
  const packet = { ...rest, ...local, in: tunnel, ctstate: 'NEW', mark: 0 } as const
  return arrive(walk, host, { packet, dev: tunnel, director, tunnelled: true })
}

function deviceFor(walk: Walk, host: Host, vip: string): string | undefined {
  const { links } = host.facts
  const step = 'tunnel'
  if (links.state === 'missing') {
    walk.say({ step, host, text: 'its devices were not given', assumed: [`tunl0 of ${host.id} is up and unpacks`] })
    return 'tunl0'
  }
  const [up] = tunnelsFor(links.value.links, vip)
  if (up) {
    walk.say({ step, host, text: `${up.name} unpacks it`, cites: [up.at] })
    return up.name
  }
  const down = links.value.links.find(isTunnelLink)
  if (down) {
    walk.say({ step, host, verdict: 'reject', text: `${down.name} is down: protocol 4 has no taker`, cites: [down.at] })
    return undefined
  }
  if (links.whole) {
    walk.say({ step, host, verdict: 'reject', text: 'no tunnel device: protocol 4 has no taker', cites: links.from })
    return undefined
  }
  walk.say({
    step,
    host,
    text: 'no tunnel device is shown',
    assumed: [`tunl0 of ${host.id} is up: not all links were shown`],
  })
  return 'tunl0'
}
