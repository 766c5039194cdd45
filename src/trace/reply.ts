/** The answer of a real server on its way to the client. */

import { natAnswers } from '../kernel/filter/nat-answers.ts'
import type { FilterPacket } from '../kernel/filter.ts'
import { returnNat } from '../kernel/return-nat.ts'
import { sysctlNumber } from '../kernel/sysctl.ts'
import type { Host, Service, ServiceServer } from '../model/case.ts'
import { across, type Landed } from './across.ts'
import { atClient } from './client.ts'
import { hearing } from './hosts.ts'
import type { Walk } from './walk.ts'

export interface Answering {
  readonly director: Host
  readonly service: Service
  readonly server: ServiceServer
  /** The real server; undefined: nothing of it was seen. */
  readonly host: Host | undefined
  /** The packet that is answered, as the client sent it. */
  readonly request: FilterPacket
}

export function reply(walk: Walk, answering: Answering): boolean {
  const { host, server, director } = answering
  if (host === director) return fromHost(walk, director, answering)
  if (server.mode === 'NAT') return throughDirector(walk, answering)
  return host === undefined ? true : fromHost(walk, host, answering)
}

/** SYN+ACK for a SYN. */
function answerTo(
  { protocol, src, dst, sport, dport }: FilterPacket,
  from: { ip?: string; port?: number } = {},
): FilterPacket {
  const back = from.port ?? dport
  return {
    protocol,
    src: from.ip ?? dst ?? '',
    dst: src ?? '',
    ctstate: 'ESTABLISHED',
    mark: 0,
    ...(back === undefined ? {} : { sport: back }),
    ...(sport === undefined ? {} : { dport: sport }),
    ...(protocol === 6 ? { tcpFlags: ['SYN', 'ACK'] as const } : {}),
  }
}

/** DR and TUN: the real server answers the client itself, in the name of the VIP. */
function fromHost(walk: Walk, host: Host, { service, server, request }: Answering): boolean {
  const packet = answerTo(request)
  const knownTo = new Set([
    host.id,
    ...walk.hops.flatMap((hop) => (hop.step === 'forwarding' && hop.host ? [hop.host] : [])),
  ])
  const landed = across(walk, host, { packet, knownTo }, [], 'reply-route')
  if (landed.is === 'lost') return false
  const { dst: vip = '', src: client = '', dport } = request
  const about = { directors: service.directors, vip, client, ...(dport === undefined ? {} : { port: dport }) }
  const nat = server.mode === 'Local' ? undefined : returnNat(host, walk.kase.hosts, about)
  if (nat?.is === 'changed') {
    const by = nat.how === 'hypervisor-nat' ? 'the NAT of the hypervisor' : (nat.router ?? 'a router')
    walk.say({
      step: 'return-nat',
      host,
      verdict: 'drop',
      text: `${by} writes another source on the answer`,
      cites: nat.cites,
    })
    return false
  }
  return atClient(walk, landed, packet)
}

/** NAT: the answer has to come by the director, which puts the VIP back on it. */
function throughDirector(walk: Walk, answering: Answering): boolean {
  const { host, server, director, request } = answering
  const port = server.port === 0 ? {} : { port: server.port }
  const packet = answerTo(request, { ip: server.ip, ...port })
  if (host !== undefined) {
    const directors = walk.kase.hosts.filter(({ id }) => answering.service.directors.includes(id))
    const landed = across(walk, host, { packet }, [director, ...directors], 'reply-route')
    if (landed.is === 'lost') return false
    if (landed.is === 'taken' ? landed.by !== director : !unseenWay(landed)) return past(walk, host, landed)
  }
  const dev = hearing(director, server.ip)?.name
  const met = { ...packet, ...stateAtDirector(answering) }
  const vip = request.dst ?? ''
  const behind = { ...packet, src: vip, ...(request.dport === undefined ? {} : { sport: request.dport }) }
  const passed = (): void => {
    walk.say({ step: 'ipvs', host: director, text: `puts ${vip} back as source of the answer` })
  }
  const leg = { packet: met, behind, passed, ...(dev === undefined ? {} : { cameBy: dev }) }
  const landed = across(walk, director, leg, [], 'reply-route')
  if (landed.is === 'lost') return false
  return atClient(walk, landed, behind)
}

function unseenWay(landed: Extract<Landed, { is: 'link' }>): boolean {
  return landed.dev === undefined
}

/** It left, but not by way of the director. */
function past(walk: Walk, host: Host, landed: Exclude<Landed, { is: 'lost' }>): boolean {
  const { gateway } = landed
  if (landed.is === 'taken') {
    const text = `answers go by ${gateway}, which is ${landed.by.id}: the director that has the VIP turns addresses back`
    return walk.say({ step: 'gateway', host, verdict: 'drop', text })
  }
  const text =
    gateway === undefined ? 'straight to the client, past the director' : `by ${gateway}, which is not the director`
  return walk.say({ step: 'gateway', host, verdict: 'drop', text: `answers go ${text}: nobody turns the address back` })
}

/** FORWARD meets the answer before IPVS does, in whatever state connection tracking has it. */
function stateAtDirector({ director, server, service }: Answering): Pick<FilterPacket, 'ctstate'> {
  const { sysctl } = director.facts
  const conntrack = sysctl.state === 'known' ? sysctlNumber(sysctl.value, 'net.ipv4.vs.conntrack')?.value : 0
  const { protocol } = service
  const about = { ip: server.ip, port: server.port, ...(protocol === undefined ? {} : { protocol }) }
  const [state] = natAnswers(about, conntrack ?? 0)
  return state?.ctstate === undefined ? {} : { ctstate: state.ctstate }
}
