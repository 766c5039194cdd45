/** Whom a host asks by ARP when it sends from one of its addresses: the next hop, or the receiver itself on its own network. */
import { isIpv4, sameSubnet } from '../lib/ip.ts'
import type { Cite } from '../model/evidence.ts'
import type { Links, PolicyRules, Routes } from '../model/facts.ts'
import { announces } from './arp-announce.ts'
import type { ArpFacts } from './arp-hosts.ts'
import { route } from './route.ts'
import { inetAddresses } from './route-source.ts'
import { effective } from './sysctl.ts'

export interface ArpTarget {
  readonly ip: string
  /** The route that leads to it. */
  readonly at?: Cite
}

/** Every look-up walks all routes again: with more receivers than this the first ones stand for the rest. */
const MOST_RECEIVERS = 50

/**
 * Next hops by which packets from `from` may leave through `out`: every gateway on it, in whatever table (which receivers it
 * serves is not known), and the known receivers on the link. Empty: no route shows that anything leaves there.
 */
export function arpTargets(
  facts: { readonly routes: Routes; readonly rules?: PolicyRules; readonly links: Links },
  flow: { readonly from: string; readonly out: string; readonly receivers: readonly string[] },
): readonly ArpTarget[] {
  const { routes, rules, links } = facts
  const found = new Map<string, ArpTarget>()
  const add = (ip: string | undefined, at: Cite | undefined): void => {
    if (ip === undefined || !isIpv4(ip) || found.has(ip)) return
    found.set(ip, { ip, ...(at === undefined ? {} : { at }) })
  }
  for (const line of routes.routes) {
    if (line.type !== 'unicast') continue
    if (line.dev === flow.out) add(line.via, line.at)
    for (const hop of line.nexthops) if (hop.dev === flow.out) add(hop.via, line.at)
  }
  for (const receiver of flow.receivers.filter(isIpv4).slice(0, MOST_RECEIVERS)) {
    const way = route(routes, rules, { src: flow.from, dst: receiver }, links)
    if (way.is !== 'unicast') continue
    for (const hop of way.hops) if (hop.dev === flow.out) add(hop.via ?? receiver, way.at)
  }
  return [...found.values()]
}

export interface Asking {
  readonly asks: 'yes' | 'no' | 'value-unknown' | 'target-unknown'
  /** Somebody it asks so; left out where that is any neighbour. */
  readonly target?: ArpTarget
}

/**
 * Does the host ask by ARP with `vip` as sender on `out`? `only`: it has no other interface by which an answer could leave.
 * arp_announce 1 is enough where the VIP lies in no network of the interface, 0 never is, 2 always.
 */
export function asksAs(
  facts: Pick<ArpFacts, 'links' | 'sysctl'> & { readonly routes?: Routes; readonly rules?: PolicyRules },
  flow: { readonly vip: string; readonly out: string; readonly receivers: readonly string[]; readonly only: boolean },
): Asking {
  const { vip, out, receivers, only } = flow
  const { routes, links } = facts
  const anybody = announces(facts, { vip, out })
  if (anybody.announces === 'no') return { asks: 'no' }
  if (effective(facts.sysctl, 'arp_announce', out)?.value === undefined) return { asks: 'value-unknown' }
  const targets = routes === undefined ? [] : arpTargets({ ...facts, routes }, { from: vip, out, receivers })
  if (targets.length > 0) {
    const target = targets.find(({ ip }) => announces(facts, { vip, out, target: ip }).announces === 'yes')
    // Nobody seen lies in the VIP's network; that nobody does cannot be seen.
    return target === undefined ? { asks: 'target-unknown' } : { asks: 'yes', target }
  }
  if (!only) return { asks: 'target-unknown' }
  // Whoever is asked lies in a network of the interface; where all of them hold the VIP, so does its network.
  const nets = inetAddresses(links.links.find(({ name }) => name === out)).filter(({ prefix }) => prefix < 32)
  const near = nets.every(({ ip, prefix }) => sameSubnet(ip, vip, prefix))
  return { asks: anybody.because === 'arp-announce' || near ? 'yes' : 'target-unknown' }
}
