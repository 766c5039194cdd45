/** Neighbour tables of one host set against each other: which addresses have moved to another MAC, and whose the MACs are. */
import type { Host } from '../model/case.ts'
import type { Cite, Known, Moment } from '../model/evidence.ts'
import type { Neighbour, Neighbours } from '../model/facts.ts'

export interface MacSighting {
  readonly mac: string
  readonly at: Cite
  readonly moment: Moment
}

export interface MacChange {
  readonly ip: string
  readonly dev?: string
  readonly before: MacSighting
  readonly after: MacSighting
  /** Is it known which came first? Not for two pastes without a clock. */
  readonly ordered: boolean
}

export interface Compared {
  /** One for each address and interface: its latest change. */
  readonly changes: readonly MacChange[]
  /** Lines of addresses that were seen twice with one MAC. */
  readonly same: readonly Cite[]
}

/** Only learned, complete entries: a static one (flag M, PERMANENT) is what somebody wrote, an incomplete one has no MAC. */
const LEARNED = new Set(['complete', 'REACHABLE', 'STALE', 'DELAY', 'PROBE'])

/** Looks oldest first. */
export function macChanges(looks: readonly Known<Neighbours>[]): Compared {
  const last = new Map<string, MacSighting>()
  const changes = new Map<string, MacChange>()
  const same: Cite[] = []
  for (const { value, moment } of looks) {
    for (const { ip, dev, mac, state, at } of value.entries) {
      if (mac === undefined || !LEARNED.has(state)) continue
      const key = `${ip} ${dev ?? ''}`
      const before = last.get(key)
      const after = { mac, at, moment }
      last.set(key, after)
      if (before === undefined || before.moment === moment) continue
      if (before.mac === mac) same.push(at)
      else changes.set(key, { ip, ...devOf(dev), before, after, ordered: isOrdered(before.moment, moment) })
    }
  }
  return { changes: [...changes.values()], same }
}

function devOf(dev: Neighbour['dev']): { dev?: string } {
  return dev === undefined ? {} : { dev }
}

function isOrdered(a: Moment, b: Moment): boolean {
  return a.source === b.source || (a.takenAt !== undefined && b.takenAt !== undefined)
}

export interface MacOwner {
  readonly host: Host
  readonly at: Cite
}

/** Hosts that have an interface with this MAC: a virtual MAC (VRRP) or a cloned one belongs to several. */
export function macOwners(hosts: readonly Host[]): ReadonlyMap<string, readonly MacOwner[]> {
  const owners = new Map<string, MacOwner[]>()
  for (const host of hosts) {
    const { links } = host.facts
    if (links.state !== 'known') continue
    for (const { mac, type, at } of links.value.links) {
      if (mac === undefined || type !== 'ether') continue
      const known = owners.get(mac)
      if (known === undefined) owners.set(mac, [{ host, at }])
      else if (known.every((owner) => owner.host !== host)) known.push({ host, at })
    }
  }
  return owners
}

/** VRID of the virtual MAC that VRRP reserves for IPv4 (RFC 5798, section 7.3); undefined for any other MAC. */
export function virtualRouterOfMac(mac: string): number | undefined {
  const [, vrid] = /^00:00:5e:00:01:([0-9a-f]{2})$/.exec(mac) ?? []
  return vrid === undefined ? undefined : Number.parseInt(vrid, 16)
}
