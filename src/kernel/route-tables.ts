/** Routing tables as the kernel searches them: longest prefix, then lowest metric, then the order listed. */
import { cidrOf, inCidr, parseCidr } from '../lib/ip.ts'
import type { Link, Links, Route, Routes } from '../model/facts.ts'

export interface Hop {
  readonly via?: string
  readonly dev?: string
}

/** A route that fits, with the next hops that may be used. */
export interface Hit {
  readonly route: Route
  readonly prefix: number
  readonly hops: readonly Hop[]
}

/** Error types end a lookup whatever the interface asked for (fib_props). */
const REFUSING = new Set(['blackhole', 'unreachable', 'prohibit', 'throw'])

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['255', 'local'],
  ['254', 'main'],
  ['253', 'default'],
])

function canonical(table: string): string {
  return NUMBERS.get(table) ?? table
}

export class RouteTables {
  readonly #tables = new Map<string, Route[]>()
  readonly #listed: Routes['tables']
  /** Table local was not listed and is made up from addresses; without them it is taken to be empty. */
  readonly local: 'listed' | 'derived' | 'missing'

  /** `links` stand in for table local where `ip route` showed only main. */
  constructor(routes: Routes, links: Links | undefined) {
    this.#listed = routes.tables
    for (const route of routes.routes) {
      const name = canonical(route.table)
      const table = this.#tables.get(name)
      if (table === undefined) this.#tables.set(name, [route])
      else table.push(route)
    }
    const listed = this.#isListed('local')
    this.local = listed ? 'listed' : links === undefined ? 'missing' : 'derived'
    if (!listed && links !== undefined) this.#tables.set('local', links.links.flatMap(localRoutes))
  }

  #isListed(name: string): boolean {
    if (this.#listed === 'all') return true
    if (this.#listed === 'main') return name === 'main'
    return this.#listed.some((table) => canonical(table) === name)
  }

  /** Can the table be searched at all? A missing `local` counts as empty: see `local`; `default` is empty everywhere. */
  has(table: string): boolean {
    const name = canonical(table)
    return name === 'local' || name === 'default' || this.#isListed(name)
  }

  /** Best route to an address; with `oif` only next hops on that interface count. */
  find(table: string, dst: string, oif: string | undefined): Hit | undefined {
    let best: Hit | undefined
    for (const route of this.#tables.get(canonical(table)) ?? []) {
      if (best !== undefined && !isBetter(route, best)) continue
      if (!inCidr(dst, route.to)) continue
      const refuses = REFUSING.has(route.type)
      const hops = refuses ? [] : usableHops(route, oif)
      const prefix = parseCidr(route.to)?.prefix
      if (prefix !== undefined && (refuses || hops.length > 0)) best = { route, prefix, hops }
    }
    return best
  }
}

function isBetter(route: Route, best: Hit): boolean {
  const slash = route.to.indexOf('/')
  const prefix = slash < 0 ? 32 : Number(route.to.slice(slash + 1))
  return prefix > best.prefix || (prefix === best.prefix && route.metric < best.route.metric)
}

/** Dead next hops are never used; those with no carrier are, unless ignore_routes_with_linkdown says otherwise. */
function usableHops(route: Route, oif: string | undefined): readonly Hop[] {
  if (route.flags.includes('dead')) return []
  const all: Route['nexthops'] = route.nexthops.length > 0 ? route.nexthops : [{ ...hopOf(route), weight: 1 }]
  return all.filter((hop) => !hop.flags?.includes('dead') && (oif === undefined || hop.dev === oif)).map(hopOf)
}

function hopOf({ via, dev }: Hop): Hop {
  return { ...(via === undefined ? {} : { via }), ...(dev === undefined ? {} : { dev }) }
}

/** What fib_add_ifaddr puts into table local: the address itself, on a loopback its whole network, and the broadcast. */
function localRoutes(link: Link): readonly Route[] {
  if (link.flags.length > 0 && !link.flags.includes('UP')) return []
  const loopback = link.flags.includes('LOOPBACK') || link.name === 'lo'
  return link.addresses.flatMap(({ family, ip, prefix, at }) => {
    const network = cidrOf(ip, prefix)
    if (family !== 'inet' || network === undefined) return []
    const base = { table: 'local', dev: link.name, src: ip, metric: 0, nexthops: [], flags: [], at }
    const own: Route = { ...base, type: 'local', to: `${ip}/32`, scope: 'host' }
    const wide: Route = { ...base, type: 'local', to: network, scope: 'host' }
    const last = prefix < 31 ? lastAddress(network) : undefined
    return [
      own,
      ...(loopback && prefix < 32 ? [wide] : []),
      ...(last === undefined ? [] : [{ ...base, type: 'broadcast', to: `${last}/32`, scope: 'link' }]),
    ]
  })
}

/** `10.0.0.255` of `10.0.0.0/24`. */
function lastAddress(network: string): string | undefined {
  const cidr = parseCidr(network)
  if (cidr === undefined) return undefined
  const first = cidr.ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const last = first + 2 ** (32 - cidr.prefix) - 1
  return [24, 16, 8, 0].map((shift) => (last >>> shift) & 255).join('.')
}
