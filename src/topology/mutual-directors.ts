/** Directors that are each other's real servers. */
import { inCidr } from '../lib/ip.ts'
import type { Host, Vip } from '../model/case.ts'
import type { CaseView } from '../model/check.ts'
import { isBroadcastLink, ownAddresses } from './addresses.ts'
import {
  type InForce,
  type ServerInForce,
  type ServiceInForce,
  serviceKey,
  servicesInForce,
} from './services-in-force.ts'

export interface MutualSide {
  readonly host: Host
  readonly inForce: InForce
  readonly service: ServiceInForce
  /** The entry that sends to the other director. */
  readonly entry: ServerInForce
}

/** Two directors, and one service that each of them lists with the other as server (DR or TUN, weight above 0). */
export interface Mutual {
  readonly sides: readonly [MutualSide, MutualSide]
}

export function mutualDirectors(directors: readonly Host[]): readonly Mutual[] {
  return directors.flatMap((one, index) =>
    directors.slice(index + 1).flatMap((other): readonly Mutual[] => {
      const left = servicesInForce(one.facts)
      const right = servicesInForce(other.facts)
      if (left === undefined || right === undefined) return []
      const owned = { one: addressesOf(one), other: addressesOf(other) }
      const theirs = new Map(right.services.map((service) => [serviceKey(service), service]))
      return left.services.flatMap((mine): readonly Mutual[] => {
        const its = theirs.get(serviceKey(mine))
        const there = entryFor(mine, owned.other)
        const back = its === undefined ? undefined : entryFor(its, owned.one)
        if (its === undefined || there === undefined || back === undefined) return []
        return [
          {
            sides: [
              { host: one, inForce: left, service: mine, entry: there },
              { host: other, inForce: right, service: its, entry: back },
            ],
          },
        ]
      })
    }),
  )
}

function addressesOf({ facts }: Host): ReadonlySet<string> {
  return new Set(ownAddresses(facts).map(({ ip }) => ip))
}

function entryFor(service: ServiceInForce, own: ReadonlySet<string>): ServerInForce | undefined {
  return service.servers.find(
    ({ ip, mode, weight }) => ip !== service.vip && own.has(ip) && weight > 0 && (mode === 'DR' || mode === 'TUN'),
  )
}

/**
 * Does the host take packets to the VIP for its own, so that IPVS gets to see them (LOCAL_IN)? An address on any interface
 * or a local route makes them local. undefined: cannot tell.
 */
export function takesVip({ facts: { links, routes } }: Host, vip: string): boolean | undefined {
  if (links.state !== 'known' || routes.state !== 'known') return undefined
  if (links.value.links.some(({ addresses }) => addresses.some(({ ip }) => ip === vip))) return true
  if (routes.value.routes.some(({ type, to }) => type === 'local' && inCidr(vip, to))) return true
  return links.whole && routes.whole && routes.value.tables === 'all' ? false : undefined
}

/** The side that holds the VIP first. `sure`: it alone does. */
export function masterFirst(
  { sides: [one, other] }: Mutual,
  vips: readonly Vip[],
): { sides: Mutual['sides']; sure: boolean } {
  const holders = vips.find(({ ip }) => ip === one.service.vip)?.holders.map(({ host }) => host) ?? []
  const [first, second] = [one, other].map(({ host }) => holders.includes(host.id))
  return { sides: second && !first ? [other, one] : [one, other], sure: first !== second }
}

/** A side, and what it gets from its peer: how it is sent, the MACs it may carry, and the mark the service asks for. */
export function balancerOf({ host, service: { fwmark } }: MutualSide, peer: MutualSide) {
  const { links } = peer.host.facts
  const macs = links.state === 'known' ? links.value.links.filter(isBroadcastLink).flatMap(({ mac }) => mac ?? []) : []
  const mode: 'DR' | 'TUN' = peer.entry.mode === 'TUN' ? 'TUN' : 'DR'
  return { facts: host.facts, gets: { mode, macs, ...(fwmark === undefined ? {} : { fwmark }) } }
}

/**
 * Can the two tables be set against each other? keepalived fills the table of a backup too, so its configuration tells as much
 * as the table, unless a notify script of it may empty the table again.
 */
export function tablesTogether(sides: Mutual['sides'], comparable: CaseView['comparable']): boolean {
  const [one, other] = sides.map(({ host }) => host.facts.ipvs)
  if (one?.state === 'known' && other?.state === 'known') return comparable(one, other)
  return !sides.some(({ host, inForce }) => inForce.by === 'keepalived' && hasNotifyScript(host))
}

function hasNotifyScript({ facts: { keepalived } }: Host): boolean {
  if (keepalived.state !== 'known') return false
  const blocks = keepalived.value.root.filter(({ keyword }) => /^vrrp_(?:instance|sync_group)$/.test(keyword))
  return blocks.some(({ children = [] }) => children.some(({ keyword }) => keyword.startsWith('notify')))
}
