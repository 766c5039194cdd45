/** The way an answer takes, and whether enough was seen of routes and policy rules to say so. */
import { prefixLength } from '../lib/ip.ts'
import type { HostFacts } from '../model/case.ts'
import type { Fact } from '../model/evidence.ts'
import type { PolicyRules, Route, Routes } from '../model/facts.ts'
import { type Flow, type Routed, route } from './route.ts'

export type WayBack =
  | {
      readonly is: 'known'
      readonly routed: Routed
      /** The route that was chosen; undefined where a rule or no route decides. */
      readonly by?: Route
    }
  | { readonly is: 'unknown'; readonly why: 'routes' | 'rules'; readonly ask: readonly string[] }

/** An address no specific route is meant for: asks for the default route. */
export const ANYWHERE = '0.0.0.0'

const OWN_TABLES = new Set(['main', 'local', 'default', '254', '255', '253'])

/** Policy rules that were listed completely; a list that breaks off may lack the one that decides. */
export function wholeRules(rules: Fact<PolicyRules>): PolicyRules | undefined {
  return rules.state === 'known' && rules.whole ? rules.value : undefined
}

/** Could an unseen rule send answers another way? Not where every table was listed and only the kernel's own have routes. */
export function rulesSettled(routes: Routes, rules: Fact<PolicyRules>): boolean {
  if (wholeRules(rules) !== undefined) return true
  return routes.tables === 'all' && routes.routes.every(({ table }) => OWN_TABLES.has(table))
}

/** Routes are matched by the longest prefix, so only a whole listing says which one it is. */
export function wayBack(facts: HostFacts, flow: Flow): WayBack {
  const { routes, policyRules, links } = facts
  const unseen = { is: 'unknown', why: 'routes', ask: ['ip route show table all'] } as const
  if (routes.state !== 'known' || !routes.whole) return unseen
  const noRules = { is: 'unknown', why: 'rules', ask: ['ip rule', 'ip route show table all'] } as const
  if (!rulesSettled(routes.value, policyRules)) return noRules
  const known = links.state === 'known' ? links.value : undefined
  const routed = route(routes.value, wholeRules(policyRules), flow, known)
  if (routed.is === 'unknown') return noRules
  const by = routes.value.routes.find(({ at }) => at === routed.at)
  return { is: 'known', routed, ...(by === undefined ? {} : { by }) }
}

/** Routes that lead to other machines. */
export function unicastRoutes(routes: Routes): readonly Route[] {
  return routes.routes.filter(({ type, to }) => type === 'unicast' && !to.includes(':'))
}

/** Next hops of a route, the single one included. */
export function hopsOf(line: Route): Route['nexthops'] {
  if (line.nexthops.length > 0) return line.nexthops
  const { via, dev } = line
  return [{ weight: 1, ...(via === undefined ? {} : { via }), ...(dev === undefined ? {} : { dev }) }]
}

/** A default route, and nothing that takes an address away from it: a refusing route, or a network that counts as local. */
export function leadsEverywhere(routes: Routes): boolean {
  const ipv4 = routes.routes.filter(({ to }) => !to.includes(':'))
  const refused = ipv4.some(
    ({ type, to }) =>
      ['blackhole', 'unreachable', 'prohibit', 'throw'].includes(type) ||
      (type === 'local' && !to.startsWith('127.') && (prefixLength(to) ?? 0) < 32),
  )
  return !refused && unicastRoutes(routes).some(({ to }) => to === '0.0.0.0/0')
}
