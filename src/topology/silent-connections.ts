/** Connections without an answer, put together by the server that was asked. */
import type { Host } from '../model/case.ts'
import type { VantagePoint } from './vantage-point.ts'

/** Where a silence tells something, the most telling place first. */
const TELLING: readonly VantagePoint[] = ['server', 'nat-director', 'client', 'unknown']

export interface Group<T> {
  readonly server: string
  /** The best place from which any of them was seen. */
  readonly point: VantagePoint
  readonly seen: readonly [T, ...T[]]
}

/** Each attempt once, from the most telling place that saw it; servers with the most of them first. Places that tell nothing fall out. */
export function groupByServer<T extends { key: string; server: string; point: VantagePoint }>(
  all: readonly T[],
): readonly Group<T>[] {
  const taken = new Set<string>()
  const groups = new Map<string, { server: string; point: VantagePoint; seen: [T, ...T[]] }>()
  for (const point of TELLING) {
    for (const one of all) {
      if (one.point !== point || taken.has(one.key)) continue
      taken.add(one.key)
      const group = groups.get(one.server)
      if (group === undefined) groups.set(one.server, { server: one.server, point, seen: [one] })
      else group.seen.push(one)
    }
  }
  return [...groups.values()].sort((a, b) => b.seen.length - a.seen.length)
}

/** Client ports that are listed. */
export const SHOWN = 20

/** What a message says of a group. */
export type GroupWords = {
  readonly server: string
  readonly connections: number
  readonly ports: readonly (number | string)[]
  /** Address of the client, or how many there are. */
  readonly client: string
  /** Lines of the capture that show their SYNs. */
  readonly lines: number
  readonly host: string
  readonly point: VantagePoint
}

interface Told {
  readonly host: Host
  readonly connection: {
    readonly client: { readonly ip: string; readonly port: number | string }
    readonly sightings: number
  }
}

export function groupWords({ server, point, seen }: Group<Told>): GroupWords {
  const [{ host, connection }] = seen
  const clients = new Set(seen.map((one) => one.connection.client.ip))
  return {
    server,
    connections: seen.length,
    ports: seen.slice(0, SHOWN).map((one) => one.connection.client.port),
    client: clients.size === 1 ? connection.client.ip : `${clients.size} clients`,
    lines: seen.reduce((sum, one) => sum + one.connection.sightings, 0),
    host: host.names[0],
    point,
  }
}
