/** What two directors' IPVS tables say differently about the services that both have. */
import type { Host } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import type { IpvsServer, IpvsService } from '../model/facts.ts'

export interface TableSide {
  readonly host: Host
  readonly services: readonly IpvsService[]
}

export interface TableDifference {
  readonly service: string
  /** One sentence without a full stop. */
  readonly what: string
  readonly cites: NonEmpty<Cite>
  /** A server is not listed, and nobody saw whether that director is meant to have it. */
  readonly unsure?: { readonly host: string; readonly server: string }
}

/** A server that a director's own health check has taken out is no difference: its keepalived.conf still has it. */
export function differences([one, other]: readonly [TableSide, TableSide]): readonly TableDifference[] {
  return one.services.flatMap((mine) => {
    const its = other.services.find((candidate) => keyOf(candidate) === keyOf(mine))
    if (its === undefined) return []
    const service = keyOf(mine)
    const lists = [
      ...missing(service, mine, { host: other.host, service: its }),
      ...missing(service, its, { host: one.host, service: mine }),
    ]
    const names = [one.host.names[0], other.host.names[0]] as const
    const pairs = [
      ['scheduler', mine.scheduler, its.scheduler],
      ['persistence', mine.persistent ?? 0, its.persistent ?? 0],
    ].filter(([, a, b]) => a !== b)
    const ways = mine.servers.flatMap((server): readonly TableDifference[] => {
      const same = its.servers.find((candidate) => nameOf(candidate) === nameOf(server))
      if (same === undefined || same.forward === server.forward) return []
      const what = `${nameOf(server)} is ${server.forward} on ${names[0]} and ${same.forward} on ${names[1]}`
      return [{ service, what, cites: [server.at, same.at] }]
    })
    const words = pairs.map(
      ([word, a, b]): TableDifference => ({
        service,
        what: `The ${word} is ${a} on ${names[0]} and ${b} on ${names[1]}`,
        cites: [mine.at, its.at],
      }),
    )
    return [...lists, ...words, ...ways]
  })
}

function missing(
  service: string,
  has: IpvsService,
  lacks: { readonly host: Host; readonly service: IpvsService },
): readonly TableDifference[] {
  const conf = lacks.host.facts.keepalived
  return has.servers.flatMap((server): readonly TableDifference[] => {
    if (lacks.service.servers.some((candidate) => nameOf(candidate) === nameOf(server))) return []
    const host = lacks.host.names[0]
    const what = `${host} has no real server ${nameOf(server)}, neither in its table nor in keepalived.conf`
    const cites: NonEmpty<Cite> = [server.at, lacks.service.at]
    if (conf.state === 'missing' || !conf.whole)
      return [{ service, what, cites, unsure: { host, server: nameOf(server) } }]
    // Groups are not followed, and a sorry server comes and goes.
    const meant =
      conf.value.virtualServers.some(
        ({ realServers, group }) => group !== undefined || realServers.some(({ ip }) => ip === server.ip),
      ) || conf.value.root.some(({ children = [] }) => children.some(({ keyword }) => keyword === 'sorry_server'))
    return meant ? [] : [{ service, what, cites }]
  })
}

function keyOf({ vip, port, protocol, fwmark }: IpvsService): string {
  return fwmark === undefined ? `${protocol} ${vip}:${port ?? 0}` : `mark ${fwmark}`
}

function nameOf({ ip, port }: IpvsServer): string {
  return `${ip}:${port}`
}
