/** NAT mode: does the way from a real server to the clients lead through a director that can turn the answers back? */
import type { Host, Service, ServiceServer } from '../model/case.ts'
import { type Cite, type HostId, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { Link, Links } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'
import { directorsSeen, type InsideAddress, insideAddresses } from './inside-addresses.ts'
import { leavingBy, sourceNat } from './source-nat.ts'
import { sysctlNumber } from './sysctl.ts'
import { ANYWHERE, hopsOf, unicastRoutes, wayBack } from './way-back.ts'

export type WrongGateway = 'not-the-director' | 'no-gateway' | 'backup-director' | 'one-directors-address'
export type OpenGateway =
  | 'rules-unseen'
  | 'clients-unknown'
  | 'directors-unseen'
  | 'other-network'
  | 'held-by-nobody'
  | 'source-nat-unknown'

export type NatGateway =
  | { readonly is: 'fine'; readonly cites: NonEmpty<Cite> }
  | { readonly is: 'translated'; readonly cites: NonEmpty<Cite> }
  | { readonly is: 'open'; readonly why: OpenGateway; readonly ask: readonly string[]; readonly cites: NonEmpty<Cite> }
  | {
      readonly is: 'wrong'
      readonly how: WrongGateway
      readonly via?: string
      /** Whose address the gateway is. */
      readonly director?: HostId
      /** An inside address that would do: a floating one, else one of the director that has the VIP. */
      readonly better?: string
      readonly cites: NonEmpty<Cite>
    }

export interface NatLeg {
  readonly service: Service
  readonly server: ServiceServer
  /** Interface of the real server that has its address. */
  readonly link: Link
  readonly at: Cite
}

/** Where `host` serves in NAT mode by an address of its own; a director that is its own real server needs no gateway. */
export function natLegs({ id }: Host, links: Links, services: readonly Service[]): readonly NatLeg[] {
  return services.flatMap((service) => {
    const server = service.servers.find(({ host, mode }) => host === id && mode === 'NAT')
    if (!server || service.directors.includes(id)) return []
    return links.links.flatMap((link) =>
      link.addresses.filter(({ ip }) => ip === server.ip).map(({ at }) => ({ service, server, link, at })),
    )
  })
}

export interface NatAnswer extends NatLeg {
  /** undefined: the default route stands for all. */
  readonly client: string | undefined
  readonly holders: readonly HostId[]
  /** Addresses that a keepalived.conf means to float, be it in a block that it passes over. */
  readonly meant: readonly string[]
}

/** A director that puts its own address on the requests (SNAT with vs.conntrack=1) gets the answers whatever the gateway. */
export function natGateway(host: Host, hosts: readonly Host[], answer: NatAnswer): NatGateway {
  const { service, link, at } = answer
  const inside = insideAddresses(link, service, hosts)
  const judged = gatewayOf(host, hosts, answer, inside)
  if (judged.is !== 'wrong') return judged
  const directors = hosts.filter(({ id }) => service.directors.includes(id))
  const translates = directors.map((director) => translated(director, answer))
  if (translates.every((is) => is === 'yes')) return { is: 'translated', cites: [at] }
  const better =
    inside.find(({ floating }) => floating) ?? inside.find((one) => one.hosts.some((id) => answer.holders.includes(id)))
  if (translates.every((is) => is === 'no'))
    return { ...judged, ...(better === undefined || better.ip === judged.via ? {} : { better: better.ip }) }
  return open('source-nat-unknown', ['iptables-save -c', 'sysctl net.ipv4.vs.conntrack'], judged.cites)
}

function gatewayOf(
  host: Host,
  hosts: readonly Host[],
  answer: NatAnswer,
  inside: readonly InsideAddress[],
): NatGateway {
  const { service, server, client, holders, at: own } = answer
  const way = wayBack(host.facts, { src: server.ip, dst: client ?? ANYWHERE })
  if (way.is === 'unknown') return open('rules-unseen', way.ask, [own])
  const { is, via, at = own } = way.routed
  if (is !== 'unicast' && is !== 'local')
    return client === undefined ? open('clients-unknown', ASK, [at]) : { is: 'wrong', how: 'no-gateway', cites: [at] }
  if (via === undefined) {
    // A neighbour is answered past every gateway, which is another fault; the others still need one.
    if (client !== undefined) return gatewayOf(host, hosts, { ...answer, client: undefined }, inside)
    return open('clients-unknown', ASK, [at])
  }
  const face = inside.find(({ ip }) => ip === via)
  if (face === undefined) {
    if (answer.meant.includes(via)) return open('held-by-nobody', ['ip addr'], [at])
    if (!directorsSeen(service, hosts)) return open('directors-unseen', ['ip addr'], [at])
    if (!isNonEmpty(inside)) return open('other-network', ['ip route show table all'], [at])
    if (client === undefined && leadsTo(host, inside)) return open('clients-unknown', ASK, [at])
    return { is: 'wrong', how: 'not-the-director', via, cites: [at, inside[0].at] }
  }
  const [director] = face.hosts
  if (face.floating || director === undefined || face.hosts.length > 1 || !hasPeer(service, hosts, director))
    return { is: 'fine', cites: [at, face.at] }
  const how = holders.length > 0 && !holders.includes(director) ? 'backup-director' : 'one-directors-address'
  return { is: 'wrong', how, via, director, cites: [at, face.at] }
}

const ASK = ['tcpdump -nn -i any -c 50 tcp']

function open(why: OpenGateway, ask: readonly string[], cites: NonEmpty<Cite>): NatGateway {
  return { is: 'open', why, ask, cites }
}

/** Some route, if not the default one, does lead through a director. */
function leadsTo({ facts }: Host, inside: readonly InsideAddress[]): boolean {
  const lines = facts.routes.state === 'known' ? unicastRoutes(facts.routes.value) : []
  return lines.some((line) => hopsOf(line).some(({ via }) => inside.some(({ ip }) => ip === via)))
}

/** Another director, or VRRP, which is there for nothing else. */
function hasPeer({ directors }: Service, hosts: readonly Host[], director: HostId): boolean {
  const conf = hosts.find(({ id }) => id === director)?.facts.keepalived
  return directors.length > 1 || (conf?.state === 'known' && conf.value.instances.length > 0)
}

function translated({ facts }: Host, { service, server, client }: NatAnswer): Answer {
  // Without it IPVS keeps its packets away from table nat (ip_vs_out, `vs.conntrack`).
  const conntrack =
    facts.sysctl.state === 'known' ? sysctlNumber(facts.sysctl.value, 'net.ipv4.vs.conntrack') : undefined
  if (conntrack?.value === 0) return 'no'
  const { is } = sourceNat(facts, {
    protocol: service.protocol === 'udp' ? 17 : 6,
    dst: server.ip,
    ctstate: 'NEW',
    mark: 0,
    ...leavingBy(facts, server.ip),
    ...(server.port === 0 ? {} : { dport: server.port }),
    ...(client === undefined ? {} : { src: client }),
  })
  return is === 'yes' && conntrack === undefined ? 'unknown' : is
}
