/** Where Linux sends a packet: policy rules, then tables (fib_rules_lookup, fib_table_lookup). */
import type { Cite } from '../model/evidence.ts'
import type { Links, PolicyRules, Routes } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'
import { DEFAULT_RULES, type Flow, matchPolicyRule, type RuleLike } from './route-rules.ts'
import { selectSource } from './route-source.ts'
import { type Hit, type Hop, RouteTables } from './route-tables.ts'

export type { Flow } from './route-rules.ts'
export { selectSource } from './route-source.ts'

/** One rule the flow met, and what its table said. */
export interface RouteStep {
  readonly priority: number
  readonly table?: string
  readonly matched: Answer
  readonly at?: Cite
  /** `not-listed`: nobody showed us the table. */
  readonly found: 'route' | 'none' | 'throw' | 'suppressed' | 'refused' | 'skipped' | 'not-listed' | 'cannot-tell'
  readonly route?: Cite
}

export interface Routed {
  readonly is: 'unicast' | 'local' | 'broadcast' | 'multicast' | 'unreachable' | 'blackhole' | 'none' | 'unknown'
  /** The interface, where there is just one. For `local`: the one that has the address. */
  readonly dev?: string
  readonly via?: string
  /** Source address the kernel would write, where the flow has none. */
  readonly src?: string
  /** Every next hop of a multipath route. */
  readonly hops: readonly Hop[]
  readonly table?: string
  /** Line of the route; of the rule where the rule itself refuses. */
  readonly at?: Cite
  /** The rule that led to it, where it has a line. */
  readonly rule?: Cite
  /** The chosen route has no carrier. */
  readonly linkdown?: true
  /** What was taken for granted: `rules` are the default ones, `local` has none of the addresses. */
  readonly assumed: readonly ('rules' | 'local')[]
  readonly trace: readonly RouteStep[]
}

type Answered = Omit<Routed, 'assumed' | 'trace'>

const MOST_JUMPS = 1000

/**
 * Looks an IPv4 flow up. `links` supply table local where only main was listed, and the source address.
 * `unreachable` also stands for prohibit. `none`: no route, the kernel says network unreachable.
 * `unknown`: a rule cannot be decided and it matters, or it names a table that was not listed.
 */
export function route(routes: Routes, rules: PolicyRules | undefined, flow: Flow, links?: Links): Routed {
  const bound = groupArrived(flow) ?? boundGroup(flow, links)
  if (bound !== undefined) return { ...bound, assumed: [], trace: [] }
  const tables = new RouteTables(routes, links)
  const list: readonly RuleLike[] = [...(rules?.rules ?? DEFAULT_RULES)].sort((a, b) => a.priority - b.priority)
  const trace: RouteStep[] = []
  const answers: Answered[] = []
  let jumps = 0
  let settled = false
  for (let at = 0; at < list.length && !settled; at++) {
    const rule = list[at] as RuleLike
    const matched = matchPolicyRule(rule, flow)
    const step = { priority: rule.priority, matched, ...(rule.at === undefined ? {} : { at: rule.at }) }
    const table = rule.table === undefined ? {} : { table: rule.table }
    if (matched === 'no') {
      trace.push({ ...step, ...table, found: 'skipped' })
      continue
    }
    if (rule.action === 'goto') {
      const target = list.findIndex(({ priority }) => priority === rule.goto)
      const can = matched === 'yes' && rule.goto !== undefined && ++jumps <= MOST_JUMPS
      trace.push({ ...step, found: can ? 'skipped' : 'cannot-tell' })
      if (!can) answers.push({ is: 'unknown', hops: [], ...citeOf(rule) })
      // A jump to a rule that does not exist is passed over; one backwards is refused by the kernel.
      else if (target > at) at = target - 1
      continue
    }
    const answer = applyRule(tables, rule, flow, links)
    trace.push({ ...step, ...table, ...answer.step })
    if (answer.result !== undefined)
      answers.push(refuses(answer.result) ? noRoute(flow, links, answer.result) : answer.result)
    settled = answer.result !== undefined && matched === 'yes'
  }
  if (!settled) answers.push(noRoute(flow, links))
  const assumed: Routed['assumed'] = [
    ...(rules === undefined ? (['rules'] as const) : []),
    ...(tables.local === 'missing' ? (['local'] as const) : []),
  ]
  return { ...agree(answers), assumed, trace }
}

function applyRule(
  tables: RouteTables,
  rule: RuleLike,
  flow: Flow,
  links: Links | undefined,
): { readonly step: Pick<RouteStep, 'found' | 'route'>; readonly result?: Answered } {
  const at = citeOf(rule)
  if (rule.action === 'nop') return { step: { found: 'skipped' } }
  if (rule.action === 'blackhole') return { step: { found: 'refused' }, result: { is: 'blackhole', hops: [], ...at } }
  if (rule.action === 'unreachable' || rule.action === 'prohibit') {
    return { step: { found: 'refused' }, result: { is: 'unreachable', hops: [], ...at } }
  }
  if (rule.table === undefined) return { step: { found: 'cannot-tell' }, result: { is: 'unknown', hops: [], ...at } }
  if (!tables.has(rule.table)) return { step: { found: 'not-listed' }, result: { is: 'unknown', hops: [], ...at } }
  const hit = tables.find(rule.table, flow.dst, flow.oif)
  if (hit === undefined) return { step: { found: 'none' } }
  const line = hit.route.at
  if (hit.route.type === 'throw') return { step: { found: 'throw', route: line } }
  const result = fromHit(hit, rule, flow, links)
  if (result.is === 'unreachable' || result.is === 'blackhole')
    return { step: { found: 'refused', route: line }, result }
  // suppress_prefixlength throws away what is no more specific than that: `0` ignores default routes.
  const suppressed = rule.suppressPrefix !== undefined && hit.prefix <= rule.suppressPrefix
  return suppressed ? { step: { found: 'suppressed', route: line } } : { step: { found: 'route', route: line }, result }
}

function fromHit(
  { route: found, prefix, hops: all }: Hit,
  rule: RuleLike,
  flow: Flow,
  links: Links | undefined,
): Answered {
  const is = kindOf(found.type, flow.dst)
  // A group reached by a default route is sent straight out, not to the gateway (__mkroute_output).
  const hops: readonly Hop[] =
    is === 'multicast' && prefix < 4 ? all.map(({ dev }) => (dev === undefined ? {} : { dev })) : all
  const base = { hops, table: found.table, at: found.at, ...(rule.at === undefined ? {} : { rule: rule.at }) }
  if (found.type === 'blackhole') return { is: 'blackhole', ...base }
  if (found.type === 'unreachable' || found.type === 'prohibit') return { is: 'unreachable', ...base }
  const devs = new Set(hops.map(({ dev }) => dev))
  const dev = devs.size === 1 ? hops[0]?.dev : undefined
  const via = hops.length === 1 ? hops[0]?.via : undefined
  const src = flow.src ?? found.src ?? ownSource(found.type, flow, links, dev, via, found.scope)
  return {
    is,
    ...base,
    ...(dev === undefined ? {} : { dev }),
    ...(via === undefined ? {} : { via }),
    ...(src === undefined ? {} : { src }),
    ...(found.flags.includes('linkdown') ? { linkdown: true as const } : {}),
  }
}

function ownSource(
  type: string,
  { dst, iif }: Flow,
  links: Links | undefined,
  dev: string | undefined,
  via: string | undefined,
  scope: string | undefined,
): string | undefined {
  if (type === 'local') return dst
  if (links === undefined || dev === undefined || iif !== undefined) return undefined
  return selectSource(links, dev, via, via === undefined && scope === 'link' ? 'link' : 'global')
}

function kindOf(type: string, dst: string): Routed['is'] {
  if (type === 'local' || type === 'broadcast') return type
  if (/^2(?:2[4-9]|3\d)\./.test(dst)) return 'multicast'
  return type === 'unicast' || type === 'multicast' ? type : 'unknown'
}

/**
 * What comes in for a group or for everyone is not looked up: this host gets it, a group where it joined it
 * (ip_route_input_rcu, ip_route_input_slow).
 */
function groupArrived({ dst, iif }: Flow): Answered | undefined {
  if (iif === undefined || iif === 'lo') return undefined
  if (dst === '255.255.255.255') return { is: 'broadcast', hops: [] }
  return kindOf('unicast', dst) === 'multicast' ? { is: 'multicast', hops: [] } : undefined
}

/**
 * Groups of the link (224.0.0.x) and the limited broadcast need no route when the socket is bound to an interface, and any
 * group leaves by the interface that has the source address when there is one (ip_route_output_key).
 */
function boundGroup({ src, dst, iif, oif }: Flow, links: Links | undefined): Answered | undefined {
  const near = dst.startsWith('224.0.0.') || dst === '255.255.255.255'
  if (iif !== undefined || !(near || kindOf('unicast', dst) === 'multicast')) return undefined
  if (oif !== undefined) return near ? onLink({ src, dst, oif }, links) : undefined
  if (src === undefined) return undefined
  const owner = links?.links.find((link) => link.addresses.some(({ ip }) => ip === src))
  return owner === undefined ? undefined : onLink({ src, dst, oif: owner.name }, links)
}

interface Bound {
  readonly src: string | undefined
  readonly dst: string
  readonly oif: string
}

function onLink({ src, dst, oif }: Bound, links: Links | undefined): Answered {
  const is = dst === '255.255.255.255' ? 'broadcast' : kindOf('unicast', dst)
  const own = src ?? (links === undefined ? undefined : selectSource(links, oif, undefined, 'link'))
  return { is, dev: oif, hops: [{ dev: oif }], ...(own === undefined ? {} : { src: own }) }
}

function refuses({ is }: Answered): boolean {
  return is === 'unreachable' || is === 'blackhole'
}

/** A socket bound to an interface takes everything to be on the link when the look-up fails (ip_route_output_key). */
function noRoute({ src, dst, iif, oif }: Flow, links: Links | undefined, refused?: Answered): Answered {
  if (iif !== undefined || oif === undefined) return refused ?? { is: 'none', hops: [] }
  return onLink({ src, dst, oif }, links)
}

/** Every rule that could not be decided adds an answer; they count only where all send the packet the same way. */
function agree(answers: readonly Answered[]): Answered {
  const [first] = answers
  if (first === undefined) return { is: 'none', hops: [] }
  const way = wayOf(first)
  if (answers.every((answer) => wayOf(answer) === way)) return answers.at(-1) ?? first
  return { is: 'unknown', hops: [] }
}

function wayOf({ is, hops }: Answered): string {
  return `${is} ${hops.map(({ via, dev }) => `${via ?? ''}%${dev ?? ''}`).join(' ')}`
}

function citeOf(rule: RuleLike): { at?: Cite; rule?: Cite } {
  return rule.at === undefined ? {} : { at: rule.at, rule: rule.at }
}
