/** `trace --health-check`: the connection by which a director finds out whether a real server lives, and its answer. */
import type { FilterPacket } from '../kernel/filter.ts'
import { towards } from '../kernel/towards.ts'
import type { Case, Host, ServiceServer } from '../model/case.ts'
import { EXIT, UserError } from '../model/errors.ts'
import type { ConfRealServer } from '../model/facts.ts'
import type { PathTrace } from '../model/trace.ts'
import { across } from './across.ts'
import { atClient } from './client.ts'
import { hasAddress, hearing, localOf } from './hosts.ts'
import { concluded } from './path.ts'
import { arrive } from './real-server.ts'
import { Walk } from './walk.ts'

export interface HealthQuestion {
  /** Left out: of every service. */
  readonly vip?: string
  readonly port?: number
}

export function traceHealthChecks(kase: Case, { vip, port }: HealthQuestion): PathTrace {
  const walk = new Walk(kase)
  const wanted = kase.topology.services.filter(
    (service) => (vip === undefined || service.vip === vip) && (port === undefined || service.port === port),
  )
  if (wanted.length === 0)
    throw new UserError(`no service${vip === undefined ? '' : ` of ${vip}`} was found`, EXIT.badInput)
  const seen = new Set<string>()
  for (const service of wanted) {
    for (const director of kase.hosts.filter(({ id }) => service.directors.includes(id))) {
      for (const server of service.servers) {
        const checkPort = portOf(director, server)
        const name = `${director.id} -> ${server.ip}:${checkPort}`
        if (seen.has(name) || hasAddress(director, server.ip)) continue
        seen.add(name)
        check(walk.fork(name), { director, server, port: checkPort })
      }
    }
  }
  return concluded('health checks', walk.hops)
}

/** The port that the configuration's check connects to, else the real server's own. */
function portOf({ facts }: Host, { ip, port }: ServiceServer): number {
  const conf = facts.keepalived.state === 'known' ? facts.keepalived.value.virtualServers : []
  const servers: readonly ConfRealServer[] = conf.flatMap(({ realServers }) => realServers)
  const here = servers.find((one) => one.ip === ip && (one.port === port || one.port === 0))
  return here?.checks.find((one) => one.port !== undefined)?.port ?? port
}

interface Asked {
  readonly director: Host
  readonly server: ServiceServer
  readonly port: number
}

function check(walk: Walk, { director, server, port }: Asked): void {
  const src = towards(director.facts, server.ip)?.src
  const from = src === undefined ? {} : { src }
  const flags = { tcpFlags: ['SYN'] as const, mark: 0, protocol: 6, ctstate: 'NEW' as const }
  const packet: FilterPacket = { ...flags, ...from, dst: server.ip, dport: port }
  if (across(walk, director, { packet }, []).is !== 'link') return
  const host = walk.kase.hosts.find(({ id }) => id === server.host)
  if (host === undefined) {
    walk.say({
      step: 'real-server',
      text: `${server.ip} answers`,
      assumed: [`${server.ip} answers (no evidence of it was given)`],
    })
    return
  }
  const dev = hearing(host, server.ip)?.name
  const arriving = { ...packet, ...(dev === undefined ? { notIn: ['lo'] } : { in: dev }), ...localOf(host) }
  if (!arrive(walk, host, { packet: arriving, dev }) || src === undefined) return
  const answer: FilterPacket = {
    ...flags,
    tcpFlags: ['SYN', 'ACK'],
    ctstate: 'ESTABLISHED',
    src: server.ip,
    sport: port,
    dst: src,
  }
  const landed = across(walk, host, { packet: answer }, [], 'reply-route')
  if (landed.is !== 'lost') atClient(walk, landed, answer)
}
