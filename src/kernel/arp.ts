/** Who answers ARP (arp_process in net/ipv4/arp.c). */
import { inCidr, sameSubnet } from '../lib/ip.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'
import { type ArpFacts, holders, possible, speaksArp } from './arp-hosts.ts'
import type { Answer } from './filter/packet.ts'
import { route } from './route.ts'
import { inetAddresses, scopeNumber } from './route-source.ts'
import { reversePath } from './rp-filter.ts'
import { effective } from './sysctl.ts'

export { type Announce, announces } from './arp-announce.ts'
export type { ArpFacts } from './arp-hosts.ts'

export interface ArpRequest {
  readonly target: string
  /** Interface that hears the request. */
  readonly in: string
  /** Left out: somebody for whom subnets do not matter. 0.0.0.0: a probe for duplicates. */
  readonly sender?: string
}

export type ArpReason =
  | 'answers'
  /** The interface is unknown, down, a loopback, or NOARP (tunl0). */
  | 'no-arp-here'
  | 'not-our-address'
  /** arp_ignore of the receiving interface forbids it. */
  | 'arp-ignore'
  | 'arp-ignore-unknown'
  /** The route to the sender fails the reverse path check. */
  | 'rp-filter'
  | 'rp-filter-unknown'
  /** arp_filter is on and the answer would leave elsewhere. */
  | 'arp-filter'
  /** proxy_arp may answer for an address that is not ours. */
  | 'proxy-arp'

export interface ArpAnswer {
  readonly answers: Answer
  readonly because: ArpReason
  /** The deciding lines: the address, the sysctls. */
  readonly cites: readonly Cite[]
}

/** Does the host answer "who-has target" heard on an interface? Ask about the interface that has the IP, not a bond's slave. */
export function answersArp(facts: ArpFacts, request: ArpRequest): ArpAnswer {
  const { links, sysctl } = facts
  const heard = links.links.find(({ name }) => name === request.in)
  if (heard === undefined || !speaksArp(heard)) {
    return { answers: 'no', because: 'no-arp-here', cites: heard === undefined ? [] : [heard.at] }
  }
  // Loopback and group addresses are never answered for, whoever has them.
  const askable = !inCidr(request.target, '127.0.0.0/8') && !inCidr(request.target, '224.0.0.0/4')
  const own = askable ? holders(links, request.target) : []
  if (own.length === 0) return notOurs(facts, request, heard)
  const at = own.map(({ address }) => address.at)
  const ignore = effective(sysctl, 'arp_ignore', request.in)
  const allowed = possible(ignore?.value, ignore?.atLeast, [0, 1, 2, 3, 8]).map((value) =>
    permits(value, facts, request),
  )
  const cites = [...(ignore?.cites ?? []), ...at]
  if (allowed.every((allows) => !allows)) return { answers: 'no', because: 'arp-ignore', cites }
  const path = pathToSender(facts, request)
  if (path?.answers === 'no') return path
  if (allowed.some((allows) => !allows)) return { answers: 'unknown', because: 'arp-ignore-unknown', cites }
  return path ?? { answers: 'yes', because: 'answers', cites: [...at, ...(ignore?.cites ?? [])] }
}

/** arp_ignore, one value at a time. 4 to 7 are reserved and answer like 0. */
function permits(value: number, { links }: ArpFacts, { target, in: dev, sender }: ArpRequest): boolean {
  const here = inetAddresses(links.links.find(({ name }) => name === dev))
  if (value === 1) return here.some(({ ip }) => ip === target)
  if (value === 2) {
    // The address must be here, and some network of this interface must hold both (inet_confirm_addr).
    const near = (prefix: number, ip: string): boolean =>
      sameSubnet(ip, target, prefix) && (sender === undefined || sender === '0.0.0.0' || sameSubnet(ip, sender, prefix))
    return here.some(({ ip }) => ip === target) && here.some(({ ip, prefix }) => near(prefix, ip))
  }
  if (value === 3) {
    // Only an address of scope host is kept back; what `ip addr add` and ifconfig make is global.
    const exact = links.links.flatMap((link) => inetAddresses(link).filter(({ ip }) => ip === target))
    return exact.some(({ scope }) => scopeNumber(scope) <= scopeNumber('link'))
  }
  return value !== 8
}

/** Reverse path and arp_filter; undefined: nothing against it. `out`: where a proxy would send what it attracts. */
function pathToSender(facts: ArpFacts, { target, in: dev, sender }: ArpRequest, out?: string): ArpAnswer | undefined {
  const { routes, rules, links, sysctl } = facts
  if (sender === undefined || sender === '0.0.0.0' || routes === undefined) return undefined
  const known = { routes, links, sysctl, ...(rules === undefined ? {} : { rules }) }
  const reverse = reversePath(known, { src: sender, dst: target, in: dev, ...(out === undefined ? {} : { out }) })
  if (reverse.passes === 'no') return { answers: 'no', because: 'rp-filter', cites: reverse.cites }
  const filter = out === undefined ? effective(sysctl, 'arp_filter', dev) : undefined
  if (filter?.value === 1) {
    const back = route(routes, rules, { src: target, dst: sender }, links)
    // What goes to an address of our own leaves by lo.
    const leavesHere = back.is !== 'local' && back.hops.some((hop) => hop.dev === dev)
    if (back.is !== 'unknown' && !leavesHere) return { answers: 'no', because: 'arp-filter', cites: filter.cites }
  }
  if (reverse.passes === 'yes') return undefined
  return { answers: 'unknown', because: 'rp-filter-unknown', cites: reverse.cites }
}

/** Not an address of ours: only a proxy answers, and only a router proxies. A proxy_arp that was not read counts as off. */
function notOurs(facts: ArpFacts, request: ArpRequest, heard: Link): ArpAnswer {
  const { sysctl, routes, rules, links } = facts
  const { target, in: dev, sender } = request
  const no: ArpAnswer = { answers: 'no', because: 'not-our-address', cites: [heard.at] }
  // Probes for duplicates are answered by owners only.
  if (sender === '0.0.0.0') return no
  const proxy = effective(sysctl, 'proxy_arp', dev)
  const forwards = effective(sysctl, 'forwarding', dev)
  if (proxy?.value !== 1 || forwards?.value === 0) return no
  const cites = [...proxy.cites, ...(forwards?.cites ?? [])]
  if (routes === undefined || forwards === undefined) return { answers: 'unknown', because: 'proxy-arp', cites }
  const on = route(routes, rules, { dst: target, iif: dev, ...(sender === undefined ? {} : { src: sender }) }, links)
  if (on.is === 'unknown') return { answers: 'unknown', because: 'proxy-arp', cites }
  const elsewhere = on.is === 'unicast' && on.dev !== undefined && on.dev !== dev
  if (!elsewhere) return no
  return pathToSender(facts, request, on.dev) ?? { answers: 'yes', because: 'proxy-arp', cites }
}
