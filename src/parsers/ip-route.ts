/** `ip route`, of the main table, one table or all of them; IPv4 and IPv6. */
import { parseCidr } from '../lib/ip.ts'
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Route, Routes } from '../model/facts.ts'
import { type RouteAttributes, routeAttributes } from './ip-route/attributes.ts'
import { type Listing, listingOf } from './ip-route/listing.ts'
import { ipCommand } from './iproute/command.ts'
import { tableName } from './iproute/table-name.ts'

export const ipRoute: Parser<Routes> = { format: 'ip-route', parse: readRoutes }

const TYPES = new Set(
  'unicast local broadcast multicast anycast unreachable blackhole prohibit throw nat xresolve'.split(' '),
)
const REFUSING = new Set(['unreachable', 'blackhole', 'prohibit', 'throw'])

interface Draft {
  readonly type: string
  /** undefined: default, of a family to be found out. */
  readonly to: string | undefined
  readonly attributes: RouteAttributes
  readonly hops: RouteAttributes[]
  readonly first: number
  last: number
}

function readRoutes(section: Section): Reading<Routes> {
  const command = ipCommand(section.command)
  if (command?.rest[0] === 'get') throw new NotUnderstood('ip route get shows one decision, not the table')
  const drafts: Draft[] = []
  const unread: Unread[] = []
  section.lines.forEach((line, index) => {
    if (line.trim() === '') return
    // `-o` joins the lines of one route with backslashes.
    const understood = line.split('\\').map((part) => readPart(drafts, blankWords(part), index))
    if (understood.includes(false)) unread.push(unreadLine(section, index))
  })
  if (drafts.length === 0) throw new NotUnderstood('no route in what ip printed')
  const listing = listingOf(command, section.lines)
  const routes = drafts.map((draft) => routeOf(draft, listing, section))
  return { value: { routes, tables: listing.tables }, unread, ...(listing.partial ? { partial: true } : {}) }
}

function readPart(drafts: Draft[], words: readonly string[], index: number): boolean {
  const draft = drafts.at(-1)
  if (words.length === 0) return true
  if (words[0] === 'cache') throw new NotUnderstood('the cache line belongs to ip route get')
  // A continuation belongs to the line right above it, not to a route somewhere before a line that was not understood.
  const continues = draft !== undefined && index - draft.last <= 1
  if (words[0] === 'nh_info' && continues) {
    draft.last = index
    return true
  }
  if (words[0] === 'nexthop') {
    const hop = continues ? routeAttributes(words.slice(1)) : undefined
    if (hop === undefined || draft === undefined) return false
    draft.hops.push(hop)
    draft.last = index
    return true
  }
  return readRoute(drafts, words, index)
}

function readRoute(drafts: Draft[], words: readonly string[], index: number): boolean {
  const typed = TYPES.has(words[0] ?? '')
  const [target = '', ...rest] = typed ? words.slice(1) : words
  const cidr = parseCidr(target)
  const attributes = routeAttributes(rest)
  if (attributes === undefined || (cidr === undefined && target !== 'default')) return false
  const to = cidr && `${cidr.ip}/${cidr.prefix}`
  drafts.push({ type: typed ? (words[0] ?? '') : 'unicast', to, attributes, hops: [], first: index, last: index })
  return true
}

function routeOf(draft: Draft, listing: Listing, section: Section): Route {
  const { attributes, hops } = draft
  const { via, dev, src, scope, proto } = attributes
  return {
    type: draft.type,
    to: draft.to ?? (isDefaultSix(draft, listing) ? '::/0' : '0.0.0.0/0'),
    table: attributes.table === undefined ? listing.unnamed : tableName(attributes.table),
    ...(via === undefined ? {} : { via }),
    ...(dev === undefined ? {} : { dev }),
    ...(src === undefined ? {} : { src }),
    metric: attributes.metric,
    ...(scope === undefined ? {} : { scope }),
    ...(proto === undefined ? {} : { proto }),
    nexthops: hops.map((hop) => ({
      ...(hop.via === undefined ? {} : { via: hop.via }),
      ...(hop.dev === undefined ? {} : { dev: hop.dev }),
      weight: hop.weight,
      ...(hop.flags.length === 0 ? {} : { flags: hop.flags }),
    })),
    flags: attributes.flags,
    at: citeLine(section, draft.first, draft.last),
  }
}

/** `default` is printed for both families; the gateway, `pref` or a refusal bound to lo tell IPv6 apart. */
function isDefaultSix({ type, attributes, hops }: Draft, listing: Listing): boolean {
  const gateway = [attributes, ...hops].find((hop) => hop.via !== undefined)
  if (gateway?.via !== undefined) return gateway.via.includes(':') !== gateway.otherFamily
  return listing.six || attributes.pref || (REFUSING.has(type) && attributes.dev === 'lo')
}
