/** What is compared: rule sets on both back ends, and routing set-ups. */

import { type RouteCase, RouteReferee, routeCases, type Travelled } from './compare-routes.ts'
import { type Backend, type Compared, type RuleCase, RuleReferee, ruleCases } from './compare-rules.ts'
import { ownRules } from './rule-sets.ts'
import type { Lane } from './tally.ts'

/** `end` lets the referee go. */
type Open<Case, Result extends Compared | Travelled> = Lane<Case, Result> & { readonly end: () => void }

export function ruleLane(backend: Backend, cpu: number): Open<RuleCase, Compared> {
  const referee = new RuleReferee(backend, cpu)
  return {
    cases: ruleCases,
    compare: (one) => referee.compare(one),
    isOpen: ({ set }, { probe }) => referee.isOpen(set, probe),
    show: ({ set }) => ownRules(set),
    end: () => referee.end(),
  }
}

export function routeLane(cpu: number): Open<RouteCase, Travelled> {
  const referee = new RouteReferee(cpu)
  return {
    cases: routeCases,
    compare: (one) => referee.compare(one),
    show: ({ network }) => JSON.stringify(network, undefined, 1),
    end: () => referee.end(),
  }
}
