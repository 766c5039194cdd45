/** `trace --client IP --vip IP:PORT`: the packet from the client to every real server, and the answers back. */
import type { FilterPacket } from '../kernel/filter.ts'
import type { Case, Service } from '../model/case.ts'
import { EXIT, UserError } from '../model/errors.ts'
import type { Hop, PathTrace, TraceVerdict } from '../model/trace.ts'
import { arpHop } from './arp.ts'
import { fromClient } from './client.ts'
import { intoDirector } from './director.ts'
import { sentTo } from './neighbour.ts'
import { toServer } from './real-server.ts'
import { reply } from './reply.ts'
import { Walk } from './walk.ts'

export interface PathQuestion {
  readonly client: string
  readonly vip: string
  /** Left out: the port of the VIP's only service. */
  readonly port?: number
  readonly protocol: 6 | 17
}

export function tracePath(kase: Case, question: PathQuestion): PathTrace {
  const service = serviceMeant(kase, question)
  const { client, vip, protocol } = question
  const port = question.port ?? service.port
  const packet: FilterPacket = {
    protocol,
    src: client,
    dst: vip,
    ctstate: 'NEW',
    mark: 0,
    ...(port === undefined ? {} : { dport: port }),
    ...(protocol === 6 ? { tcpFlags: ['SYN'] as const } : {}),
  }
  const walk = new Walk(kase)
  follow(walk, packet, service)
  const name = protocol === 6 ? 'tcp' : 'udp'
  return concluded(`${name} ${client} -> ${vip}${port === undefined ? '' : `:${port}`}`, walk.hops)
}

function follow(walk: Walk, packet: FilterPacket, service: Service): void {
  const landed = fromClient(walk, packet)
  if (landed === undefined) return
  const director = landed.is === 'taken' ? landed.by : arpHop(walk, { vip: packet.dst ?? '', service })
  if (director === undefined) {
    if (walk.hops.at(-1)?.verdict === 'accept')
      walk.say({ step: 'ipvs', verdict: 'unknown', text: 'no director was seen: what it does cannot be told' })
    return
  }
  const taker = landed.is === 'link' ? sentTo(walk, landed.from, packet.dst ?? '', director) : director
  if (taker === undefined) return
  const came = landed.is === 'taken' && landed.dev !== undefined ? { came: landed.dev } : {}
  const chosen = intoDirector(walk, taker, { packet, service, ...came })
  for (const server of chosen?.servers ?? []) {
    const path = walk.fork(`${server.ip}:${server.port}`)
    const host = walk.kase.hosts.find(({ id }) => id === server.host)
    if (toServer(path, host, { director: taker, server, packet }))
      reply(path, { director: taker, service, server, host, request: packet })
  }
}

/** The first hop that stops the packet names the end; what cannot be told counts where nothing stops it for certain. */
export function concluded(packet: string, hops: readonly Hop[]): PathTrace {
  const worst =
    hops.find(({ verdict }) => verdict === 'drop' || verdict === 'reject') ??
    hops.find(({ verdict }) => verdict === 'unknown')
  const verdict: TraceVerdict = hops.length === 0 ? 'unknown' : (worst?.verdict ?? 'accept')
  return {
    schemaVersion: '1.0',
    verdict,
    by: worst?.lines[0] ?? null,
    packet,
    trace: hops,
    assumed: [...new Set(hops.flatMap(({ assumed }) => assumed))],
  }
}

/** The service of the VIP and port; by firewall mark where no other is; else made up, so that the way there can be walked all the same. */
export function serviceMeant(
  { topology, hosts, sections }: Case,
  { vip, port, protocol }: Omit<PathQuestion, 'client'>,
): Service {
  const name = protocol === 6 ? 'tcp' : 'udp'
  const here = topology.services.filter((service) => service.vip === vip && (service.protocol ?? name) === name)
  const exact = port === undefined ? [] : here.filter((service) => service.port === port || service.port === 0)
  const [one, ...more] = exact.length > 0 ? exact : port === undefined ? here : []
  const several = new Set([one, ...more].map((service) => service?.port)).size > 1
  if (one !== undefined && (!several || port !== undefined)) return one
  const ports = here.map((service) => service.port).join(', ')
  if (more.length > 0) throw new UserError(`--vip ${vip}: has several services, ports ${ports}`, EXIT.usage)
  const marked = topology.services.find(({ fwmark }) => fwmark !== undefined)
  if (marked) return { ...marked, vip }
  const [first] = sections.keys()
  const directors = hosts.filter(({ roles }) => roles.director.is === 'yes').map(({ id }) => id)
  const id = `${name} ${vip}${port === undefined ? '' : `:${port}`}`
  return {
    id,
    vip,
    mode: 'unknown',
    directors,
    servers: [],
    from: [{ section: first ?? '', line: 1 }],
    ...(port === undefined ? {} : { port }),
  }
}
