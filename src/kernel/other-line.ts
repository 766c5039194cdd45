/** Does an answer leave by the line that the VIP belongs to, and where not, does it matter? */
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { Link, Route } from '../model/facts.ts'
import { gatewaysIn, sameRouter } from './uplinks.ts'
import { ANYWHERE, hopsOf, unicastRoutes, wayBack } from './way-back.ts'
import { answersPast } from './wire/answer-lines.ts'

export type OtherLine =
  | { readonly is: 'fine'; readonly cites: readonly Cite[] }
  | {
      readonly is: 'astray'
      readonly out: string
      readonly via: string
      /** Gateway of the VIP's own line, where some host names it. */
      readonly gateway?: string
      /** A capture shows that the answers get lost. */
      readonly seen: boolean
      readonly cites: NonEmpty<Cite>
    }
  | { readonly is: 'rules-unseen'; readonly ask: readonly string[] }
  | { readonly is: 'clients-unknown'; readonly at: Cite }
  | { readonly is: 'by-mark'; readonly at: Cite }
  | { readonly is: 'router-unknown'; readonly out: string; readonly at: Cite }

/**
 * `lines`: the interfaces of `host` in the VIP's network. `client` undefined: the default route stands for all. Not a fault: several
 * next hops on purpose, a client that is a neighbour, one router behind both lines, and answers that a capture shows arriving.
 */
export function otherLine(
  host: Host,
  hosts: readonly Host[],
  { vip, lines, client }: { readonly vip: string; readonly lines: NonEmpty<Link>; readonly client: string | undefined },
): OtherLine {
  const way = wayBack(host.facts, { src: vip, dst: client ?? ANYWHERE })
  if (way.is === 'unknown') return { is: 'rules-unseen', ask: way.ask }
  const [line] = lines
  const { dev: out, via, at = line.at, hops } = way.routed
  const home = hops.some((hop) => lines.some(({ name }) => name === hop.dev))
  if (client === undefined && home) {
    const other = elsewhere(host, lines)
    if (other) return { is: 'clients-unknown', at: other.at }
  }
  if (out === undefined || via === undefined || home) return { is: 'fine', cites: [at] }
  const sent = answersPast(host.facts.capture, vip, line.name)
  if (sent.is === 'arrive') return { is: 'fine', cites: [at, ...sent.cites] }
  const gateways = gatewaysIn(line, hosts)
  const [gateway] = gateways
  if (sent.is !== 'lost') {
    const { policyRules } = host.facts
    const rules = policyRules.state === 'known' ? policyRules.value.rules : []
    const mark = rules.find((rule) => rule.fwmark !== undefined)
    if (mark) return { is: 'by-mark', at: mark.at }
    const shared = gateways.map(({ ip }) => sameRouter(ip, via, hosts))
    if (shared.includes('yes')) return { is: 'fine', cites: [at, ...gateways.map((one) => one.at)] }
    // A route of its own for these clients was somebody's decision; the default route is nobody's.
    if (!isNonEmpty(shared) || shared.includes('unknown') || way.by?.to !== '0.0.0.0/0')
      return { is: 'router-unknown', out, at }
  }
  return {
    is: 'astray',
    out,
    via,
    ...(gateway === undefined ? {} : { gateway: gateway.ip }),
    seen: sent.is === 'lost',
    cites: [at, line.at, ...(gateway ? [gateway.at] : []), ...sent.cites],
  }
}

/** A gateway on another line: those who are answered by it, if anybody, are not on this one. */
function elsewhere({ facts }: Host, lines: readonly Link[]): Route | undefined {
  const routes = facts.routes.state === 'known' ? unicastRoutes(facts.routes.value) : []
  return routes.find((line) =>
    hopsOf(line).some(({ via, dev }) => via !== undefined && lines.every(({ name }) => name !== dev)),
  )
}
