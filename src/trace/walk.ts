/** The packet on its way: hops are noted as it meets them. */
import type { FilterPacket } from '../kernel/filter.ts'
import { type Routed, route } from '../kernel/route.ts'
import type { Flow } from '../kernel/route-rules.ts'
import { reversePath } from '../kernel/rp-filter.ts'
import { rulesSettled, wholeRules } from '../kernel/way-back.ts'
import type { Case, Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Hop, TraceVerdict } from '../model/trace.ts'
import { askFilter, type Filtered, type FilterHook } from './ask-filter.ts'
import { linesOf } from './lines.ts'

export interface Told {
  readonly step: string
  readonly host?: Host | undefined
  readonly verdict?: TraceVerdict
  readonly text: string
  readonly cites?: readonly (Cite | undefined)[]
  readonly assumed?: readonly string[]
}

export interface Arrival {
  readonly src: string
  readonly dst: string
  readonly in: string | undefined
  readonly out?: string
  readonly mark?: number
}

export class Walk {
  readonly hops: Hop[]
  readonly kase: Case
  readonly path: string | null

  constructor(kase: Case, path: string | null = null, hops: Hop[] = []) {
    this.kase = kase
    this.path = path
    this.hops = hops
  }

  /** The same walk where several ways part. */
  fork(path: string): Walk {
    return new Walk(this.kase, path, this.hops)
  }

  /** Notes a hop. Does the packet go on? What cannot be told goes on too. */
  say({ step, host, verdict = 'accept', text, cites = [], assumed = [] }: Told): boolean {
    const lines = linesOf(this.kase, cites)
    this.hops.push({ path: this.path, step, host: host?.id ?? null, verdict, text, lines, assumed })
    return verdict === 'accept' || verdict === 'unknown'
  }

  /** The packet filter of a host at one hook; undefined: the packet ends here. */
  filter(host: Host, packet: FilterPacket, hook: FilterHook): Filtered | undefined {
    const step = `filter-${hook}`
    const { firewall, nft } = host.facts
    const what = hook.toUpperCase()
    if (firewall.state === 'missing' && nft.state === 'missing') {
      const taken = `the packet filter of ${host.id} lets it pass (iptables-save was not given)`
      this.say({ step, host, text: `${what}: no rules were given`, assumed: [taken] })
      return { verdict: 'accept', steps: [], assumed: [] }
    }
    const answer = askFilter(host.facts, packet, hook)
    const { verdict, rule, by, assumed } = answer
    const words = { accept: 'accepts', drop: 'drops', reject: 'rejects', unknown: 'cannot be decided' }[verdict]
    const why = rule === undefined ? (verdict === 'accept' ? '' : ' by its policy') : `: ${rule}`
    return this.say({ step, host, verdict, text: `${what} ${words}${why}`, cites: [by], assumed }) ? answer : undefined
  }

  /** Where a host sends it; undefined: the packet ends here, or nobody knows where it goes. */
  route(host: Host, flow: Flow, step = 'route'): Routed | undefined {
    const { routes, policyRules, links } = host.facts
    if (routes.state === 'missing') {
      this.say({ step, host, text: 'its routes were not given', assumed: [`${host.id} has a route to ${flow.dst}`] })
      return undefined
    }
    const known = links.state === 'known' ? links.value : undefined
    const found = route(routes.value, wholeRules(policyRules), flow, known)
    const assumed = [
      ...(rulesSettled(routes.value, policyRules)
        ? []
        : [`${host.id} has no policy rules of its own (ip rule was not given)`]),
      ...(routes.whole ? [] : [`the routes of ${host.id} are all there`]),
    ]
    const cites = [found.at, found.rule]
    if (found.is === 'unknown') {
      this.say({ step, host, verdict: 'unknown', text: `no telling which way it goes to ${flow.dst}`, cites, assumed })
      return undefined
    }
    if (found.is === 'none' || found.is === 'unreachable' || found.is === 'blackhole') {
      const verdict = found.is === 'blackhole' ? 'drop' : 'reject'
      this.say({ step, host, verdict, text: `no route to ${flow.dst}`, cites, assumed })
      return undefined
    }
    if (found.hops.length > 1) {
      const ways = found.hops.map(({ via, dev: by }) => via ?? by ?? '?').join(', ')
      assumed.push(`of the next hops of ${host.id} (${ways}) the first is taken`)
    }
    const by = found.dev === undefined ? ' by one of several ways' : ` by ${found.dev}`
    const via = found.via === undefined ? '' : ` via ${found.via}`
    this.say({ step, host, text: `to ${flow.dst}${found.is === 'local' ? ', itself' : `${by}${via}`}`, cites, assumed })
    return found
  }

  /** rp_filter of the receiving interface. Does the packet go on? */
  reverse(host: Host, { in: dev, ...arrival }: Arrival): boolean {
    const step = 'rp-filter'
    const { routes, policyRules, links, sysctl } = host.facts
    if (routes.state === 'missing' || links.state === 'missing' || dev === undefined) return true
    const rules = wholeRules(policyRules)
    const values = sysctl.state === 'known' ? sysctl.value : { entries: new Map() }
    const facts = { routes: routes.value, links: links.value, sysctl: values, ...(rules ? { rules } : {}) }
    const { passes, because, mode, cites } = reversePath(facts, { ...arrival, in: dev })
    if (passes === 'unknown') {
      const taken = `${host.id} believes ${arrival.src} on ${dev} (rp_filter and the routes do not settle it)`
      return this.say({ step, host, text: `rp_filter of ${dev} was not seen`, cites, assumed: [taken] })
    }
    if (passes === 'no') {
      const why = REFUSED[because] ?? because
      const what = because === 'source-is-local' ? '' : ` (rp_filter ${mode ?? '?'})`
      return this.say({ step, host, verdict: 'drop', text: `${arrival.src} on ${dev}${what}: ${why}`, cites })
    }
    return this.say({
      step,
      host,
      text: `${arrival.src} is believed on ${dev} (rp_filter ${mode ?? 'does not matter'})`,
      cites,
    })
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  'other-way': 'the way back leaves by another interface',
  'no-way-back': 'there is no way back',
  'no-address': 'the interface has no address, and the way back leaves by another one',
  'source-is-local': 'that is an address of the host itself',
  martian: 'no packet can come from there',
}
