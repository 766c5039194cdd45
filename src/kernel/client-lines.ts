/** A client with a leg in several networks: by which of them do real servers answer it, and does it believe them there? */
import { inCidr } from '../lib/ip.ts'
import type { Host, Topology } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import type { Link, Links, Sysctl } from '../model/facts.ts'
import { inetAddresses } from './route-source.ts'
import { reversePath } from './rp-filter.ts'
import { effective } from './sysctl.ts'
import { rulesSettled, wayBack, wholeRules } from './way-back.ts'
import { connections } from './wire/connections.ts'

export interface RefusedLine {
  readonly vip: string
  /** Interface on which the answers come in and are dropped, and the one the client asks by. */
  readonly dev: string
  readonly asksBy: string
  /** Real server that answers straight into that network; undefined where packets show it. */
  readonly server?: string
  /** Packets show it: SYN-ACK in on `dev`, and the client asks again. */
  readonly direct: boolean
  readonly cites: NonEmpty<Cite>
}

export type ClientLines =
  | { readonly is: 'one-network'; readonly cites: NonEmpty<Cite> }
  | { readonly is: 'seen'; readonly refused: readonly RefusedLine[]; readonly cites: NonEmpty<Cite> }
  | { readonly is: 'unknown'; readonly why: 'routes' | 'rules' | 'value' | 'servers'; readonly ask: readonly string[] }

export interface ClientEvidence {
  readonly links: Links
  readonly sysctl: Sysctl
  readonly from: NonEmpty<Cite>
}

/** Only DR and TUN: with NAT every answer comes from the director, the way the client asked. */
export function clientLines(
  client: Host,
  topology: Topology,
  hosts: readonly Host[],
  own: ClientEvidence,
): ClientLines {
  const nics = own.links.links.filter(isLeg)
  const [only] = nics
  if (nics.length < 2) return { is: 'one-network', cites: only ? [only.at] : own.from }
  const { routes, policyRules } = client.facts
  const refused: RefusedLine[] = []
  const cites: Cite[] = []
  for (const { vip, servers } of direct(topology)) {
    const ask = wayBack(client.facts, { dst: vip })
    if (ask.is === 'unknown') return ask
    if (routes.state !== 'known' || !rulesSettled(routes.value, policyRules)) return ROUTES
    const { dev: asksBy, src, at } = ask.routed
    if (asksBy === undefined || src === undefined) continue
    if (at !== undefined) cites.push(at)
    for (const nic of nics) {
      if (nic.name === asksBy) continue
      if (effective(own.sysctl, 'rp_filter', nic.name) === undefined) return VALUE
      const rules = wholeRules(policyRules)
      const evidence = { ...own, routes: routes.value, ...(rules === undefined ? {} : { rules }) }
      const reverse = reversePath(evidence, { src: vip, dst: src, in: nic.name })
      cites.push(...reverse.cites)
      if (reverse.passes === 'yes') continue
      const answer = answersOn(client, nic, { vip, src, asksBy }, servers, hosts)
      if (answer === 'unknown') return { is: 'unknown', why: 'servers', ask: [`ip route get ${src} from ${vip}`] }
      if (answer === 'no') continue
      if (reverse.passes === 'unknown') return VALUE
      const [first, ...rest] = [...reverse.cites, ...answer.cites]
      refused.push({ vip, dev: nic.name, asksBy, ...answer, cites: [first ?? nic.at, ...rest] })
    }
  }
  const [first, ...rest] = cites
  return { is: 'seen', refused, cites: first === undefined ? own.from : [first, ...rest] }
}

const ROUTES = { is: 'unknown', why: 'routes', ask: ['ip route show table all', 'ip rule'] } as const
const VALUE = { is: 'unknown', why: 'value', ask: ['sysctl -a 2>/dev/null | grep "\\.rp_filter"'] } as const

function isLeg(link: Link): boolean {
  const noise = link.flags.includes('LOOPBACK') || link.flags.includes('NOARP') || link.flags.includes('SLAVE')
  return !noise && link.flags.includes('UP') && inetAddresses(link).length > 0
}

interface Served {
  readonly vip: string
  readonly servers: readonly { readonly ip: string; readonly host?: string }[]
}

function direct(topology: Topology): readonly Served[] {
  return topology.services.flatMap(({ vip, servers }) => {
    const past = servers.filter(({ mode }) => mode === 'DR' || mode === 'TUN')
    return vip === undefined || vip.includes(':') || past.length === 0 ? [] : [{ vip, servers: past }]
  })
}

type Answers = Pick<RefusedLine, 'server' | 'direct' | 'cites'>

function answersOn(
  client: Host,
  nic: Link,
  { vip, src, asksBy }: { readonly vip: string; readonly src: string; readonly asksBy: string },
  servers: Served['servers'],
  hosts: readonly Host[],
): Answers | 'no' | 'unknown' {
  const { capture } = client.facts
  const seen = capture.state === 'known' ? connections(capture.value) : []
  for (const { server, syns, synAcks } of seen) {
    const back = synAcks.find(({ packet }) => packet.interface === nic.name && packet.direction !== 'out')
    if (server.ip !== vip || back === undefined || syns[0].out[0] !== asksBy) continue
    return { direct: syns.length > 1, cites: [back.packet.at, syns[0].cites[0]] }
  }
  let unseen = false
  for (const { ip, host } of servers) {
    const facts = hosts.find(({ id }) => id === host)?.facts
    const way = facts === undefined ? undefined : wayBack(facts, { src: vip, dst: src })
    if (facts?.links.state !== 'known' || way?.is !== 'known') {
      unseen = true
      continue
    }
    // Behind a gateway the answer comes in where the client's own gateway is; straight on the link only in a shared network.
    const { via, dev, at } = way.routed
    const out = via === undefined ? facts.links.value.links.find(({ name }) => name === dev) : undefined
    if (out && shareNetwork(out, nic)) return { server: ip, direct: false, cites: [at ?? out.at, nic.at] }
  }
  return unseen ? 'unknown' : 'no'
}

function shareNetwork(a: Link, b: Link): boolean {
  return inetAddresses(a).some((mine) =>
    inetAddresses(b).some(
      ({ ip, prefix }) => prefix === mine.prefix && prefix < 32 && inCidr(ip, `${mine.ip}/${prefix}`),
    ),
  )
}
