/** Does a host believe what clients send to it on an interface? The reverse path check over all of them, with what is missing. */
import type { ClientAddress, HostFacts } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { Links, Routes, Sysctl } from '../model/facts.ts'
import { type Reverse, reversePath } from './rp-filter.ts'
import { effective } from './sysctl.ts'
import { hopsOf, rulesSettled, unicastRoutes, wholeRules } from './way-back.ts'

export type Belief =
  | { readonly is: 'passes'; readonly cites: NonEmpty<Cite> }
  /** Strict, and the way back leaves elsewhere. `source` undefined: whoever asks. */
  | {
      readonly is: 'dropped'
      readonly source?: ClientAddress
      readonly back?: Reverse['back']
      readonly cites: NonEmpty<Cite>
    }
  /** Dropped for a reason that is another fault: no way back at all, an address of its own, loose without an address. */
  | { readonly is: 'other'; readonly source: ClientAddress; readonly cites: NonEmpty<Cite> }
  | { readonly is: 'unknown'; readonly why: keyof typeof ASK; readonly ask: readonly string[] }

const ASK = {
  value: ['sysctl -a 2>/dev/null | grep "\\.rp_filter"'],
  routes: ['ip route show table all'],
  rules: ['ip rule', 'ip route show table all'],
  clients: ['tcpdump -nn -i any -c 50 tcp'],
  'way-in': ['tcpdump -nn -i any -c 50 tcp'],
} as const

/** What is missing, in words. */
export const MISSING: Readonly<Record<keyof typeof ASK, string>> = {
  value: 'the rp_filter values of all and of the interface were not both seen',
  routes: 'the routes were not seen completely',
  rules: 'the policy rules (ip rule) were not seen',
  clients: 'no client address is known',
  'way-in': 'a client is a neighbour on another interface, and may come in there',
}

/** `dev` is where the packet to `dst` comes in (tunl0 for an unpacked one). No `sources`: nobody knows who asks. */
export function belief(
  facts: HostFacts,
  { sysctl, links }: { readonly sysctl: Sysctl; readonly links: Links },
  arrival: { readonly dst: string; readonly dev: string },
  sources: readonly ClientAddress[],
): Belief {
  const { routes, policyRules } = facts
  const rp = effective(sysctl, 'rp_filter', arrival.dev)
  if (rp === undefined) return unknown('value')
  if (rp.value === 0) return { is: 'passes', cites: rp.cites }
  if (routes.state !== 'known' || !routes.whole) return unknown('routes')
  if (!rulesSettled(routes.value, policyRules)) return unknown('rules')
  if (!isNonEmpty(sources)) return ofAnyone(routes.value, arrival.dev, rp.value, rp.cites)
  const rules = wholeRules(policyRules)
  const evidence = { routes: routes.value, sysctl, links, ...(rules === undefined ? {} : { rules }) }
  const cites: Cite[] = [...rp.cites]
  let other: Belief | undefined
  for (const source of sources) {
    const reverse = reversePath(evidence, { src: source.ip, dst: arrival.dst, in: arrival.dev })
    const own: NonEmpty<Cite> = [...rp.cites, ...reverse.cites, source.from[0]]
    if (reverse.because === 'other-way') return { is: 'dropped', source, back: reverse.back, cites: unique(own) }
    if (reverse.passes === 'unknown') other ??= unknown(reverse.because === 'mode-unknown' ? 'value' : 'rules')
    else if (reverse.passes === 'no') other ??= { is: 'other', source, cites: unique(own) }
    cites.push(...reverse.cites)
  }
  return other ?? { is: 'passes', cites: unique(cites as unknown as NonEmpty<Cite>) }
}

/** Without an address: certain where every gateway lies behind the interface, or nothing at all does (a tunnel that only receives). */
function ofAnyone(routes: Routes, dev: string, mode: number | undefined, cites: NonEmpty<Cite>): Belief {
  const lines = unicastRoutes(routes)
  const gateways = lines
    .flatMap((line) => hopsOf(line).map((hop) => ({ ...hop, at: line.at })))
    .filter(({ via }) => via)
  const [first] = gateways
  if (first && gateways.every((hop) => hop.dev === dev)) return { is: 'passes', cites: [...cites, first.at] }
  const receivesOnly = lines.length > 0 && lines.every((line) => hopsOf(line).every((hop) => hop.dev !== dev))
  if (mode === 1 && receivesOnly) return { is: 'dropped', cites: [...cites, ...(first ? [first.at] : [])] }
  return unknown(mode === undefined ? 'value' : 'clients')
}

function unknown(why: keyof typeof ASK) {
  return { is: 'unknown', why, ask: ASK[why] } as const
}

function unique(cites: NonEmpty<Cite>): NonEmpty<Cite> {
  return [...new Map(cites.map((cite) => [`${cite.section} ${cite.line}`, cite])).values()] as unknown as NonEmpty<Cite>
}

/** A client that is a neighbour on another interface, and nobody saw where it comes in. */
export const WAY_IN: Belief = { is: 'unknown', why: 'way-in', ask: ASK['way-in'] }
