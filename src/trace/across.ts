/** From one host to the next address, through the routers that are known. */

import type { FilterPacket } from '../kernel/filter.ts'
import { forwards } from '../kernel/forwarding.ts'
import type { Host } from '../model/case.ts'
import { hasAddress, hearing, localOf, NO_SYSCTL, ownersOf } from './hosts.ts'
import type { Walk } from './walk.ts'

/** Routers in a row before it is called a circle. */
const MOST_ROUTERS = 8

export interface Leg {
  readonly packet: FilterPacket
  /** Whom it is handed to on the link, where that is not its destination: a real server of a DR service. */
  readonly to?: string
  /** Hosts whose connection tracking has seen the packet it answers. */
  readonly knownTo?: ReadonlySet<string>
  /** Interface of the host by which it came in: it is passed on, not made there. Left out: made by the host. */
  readonly cameBy?: string
  /** The packet as hosts behind the first one see it, where that one rewrites it. */
  readonly behind?: FilterPacket
  /** Called once the first host has passed it on. */
  readonly passed?: () => void
}

export type Landed =
  /** The packet is on the link of `dst`; `from` sent it there. */
  | { readonly is: 'link'; readonly from: Host | undefined; readonly dev?: string; readonly gateway?: string }
  /** A host of the case that the way leads through, and that has to say what it does with it. */
  | { readonly is: 'taken'; readonly by: Host; readonly gateway?: string; readonly dev?: string }
  | { readonly is: 'lost' }

/**
 * Sends a packet from `host` and lets every known router pass it on until it is on the link of its destination. `stop`: hosts at
 * which the walk ends although they are only gateways (the director of a NAT service).
 */
export function across(walk: Walk, host: Host, leg: Leg, stop: readonly Host[], step = 'route'): Landed {
  const { packet, to: dst = packet.dst } = leg
  if (dst === undefined) return { is: 'lost' }
  let at = host
  let came: string | undefined = leg.cameBy
  for (let routers = 0; routers <= MOST_ROUTERS; routers++) {
    const here = at === host ? packet : metBy(at, leg)
    const from = here.src === undefined ? {} : { src: here.src }
    const dead = walk.hops.length
    // Behind the first host only the destination on the packet counts.
    const found = walk.route(
      at,
      { ...from, dst: at === host ? dst : (here.dst ?? dst), ...(came === undefined ? {} : { iif: came }) },
      step,
    )
    if (found === undefined) {
      const last = walk.hops[dead]?.verdict
      return last === 'accept' || last === 'unknown' ? { is: 'link', from: at } : { is: 'lost' }
    }
    // Of several next hops the first stands for all; the hop says so.
    const [first] = found.hops
    const out = found.dev ?? first?.dev
    if (found.is === 'local' && came !== undefined) return { is: 'taken', by: at, dev: came }
    const told = { from: at, ...(out === undefined ? {} : { dev: out }) }
    if (came !== undefined && !passOn(walk, at, { packet: here, in: came, out })) return { is: 'lost' }
    if (
      came === undefined &&
      !walk.filter(at, { ...here, ...(out === undefined ? {} : { out }), ...localOf(at) }, 'output')
    )
      return { is: 'lost' }
    if (at === host) leg.passed?.()
    const gateway = found.via ?? (found.hops.length > 1 ? first?.via : undefined)
    if (gateway === undefined || found.is !== 'unicast') return { is: 'link', ...told }
    const taking = stop.find((one) => hasAddress(one, gateway))
    if (taking !== undefined) return { is: 'taken', by: taking, gateway }
    const owners = ownersOf(gateway, walk.kase.hosts)
    const [next] = owners
    if (next === undefined || owners.length > 1) {
      const many =
        owners.length > 1 ? `${owners.map(({ id }) => id).join(' and ')} have it` : 'no evidence of it was given'
      walk.say({
        step: 'router',
        text: `${gateway}: ${many}`,
        assumed: [`the router ${gateway} passes it on to ${dst}`],
      })
      return { is: 'link', ...told, gateway }
    }
    came = hearing(next, gateway)?.name
    at = next
  }
  walk.say({ step: 'router', host: at, verdict: 'drop', text: `circles between routers on the way to ${dst}` })
  return { is: 'lost' }
}

/** What one host took out of connection tracking, or never saw, is to the next one what it sees. */
function metBy({ id }: Host, { packet, behind = packet, knownTo }: Leg): FilterPacket {
  const { ctstate, ...rest } = behind
  const answers = ctstate === 'ESTABLISHED'
  if (!answers) return { ...rest, mark: 0, ctstate: 'NEW' }
  // A SYN-ACK that belongs to nothing is INVALID; an answer over UDP looks like the first of its kind.
  const stray = behind.protocol === 6 ? 'INVALID' : 'NEW'
  return { ...rest, mark: 0, ctstate: knownTo === undefined || knownTo.has(id) ? 'ESTABLISHED' : stray }
}

export interface Passing {
  readonly packet: FilterPacket
  readonly in: string
  readonly out: string | undefined
}

/** A router: is the source believed, does it forward, and do its rules let it? */
export function passOn(walk: Walk, host: Host, { packet, in: dev, out }: Passing): boolean {
  const { src = '', dst = '' } = packet
  if (!walk.reverse(host, { src, dst, in: dev, ...(out === undefined ? {} : { out }) })) return false
  return mayForward(walk, host, dev) && !!walk.filter(host, forwarded(host, packet, dev, out), 'forward')
}

/** net.ipv4.conf.DEV.forwarding. */
export function mayForward(walk: Walk, host: Host, dev: string): boolean {
  const { sysctl } = host.facts
  const { is, cites } = forwards(sysctl.state === 'known' ? sysctl.value : NO_SYSCTL, dev)
  if (is === 'no')
    return walk.say({
      step: 'forwarding',
      host,
      verdict: 'drop',
      text: `does not forward what comes in by ${dev}`,
      cites,
    })
  if (is === 'yes') return walk.say({ step: 'forwarding', host, text: `forwards what comes in by ${dev}`, cites })
  return walk.say({
    step: 'forwarding',
    host,
    text: 'whether it forwards was not seen',
    cites,
    assumed: [`${host.id} forwards what comes in by ${dev} (sysctl net.ipv4.conf.${dev}.forwarding)`],
  })
}

function forwarded(host: Host, packet: FilterPacket, dev: string, out: string | undefined): FilterPacket {
  const { in: _in, out: _out, local: _local, ...rest } = packet
  return { ...rest, in: dev, ...(out === undefined ? {} : { out }), ...localOf(host) }
}
