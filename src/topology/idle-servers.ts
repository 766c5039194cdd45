/** Real servers that get no request now: taken out of every table that counts, or given weight 0. */
import type { Host, Service, Topology } from '../model/case.ts'
import type { Severity } from '../model/check.ts'
import { type Cite, type HostId, isNonEmpty } from '../model/evidence.ts'
import type { Ipvs } from '../model/facts.ts'

export interface Idleness {
  readonly idle: boolean
  /** The lines that say so: weight 0, or the table in which the server is missing. */
  readonly lines: readonly Cite[]
  /** Of a fault that cuts off this server alone. */
  readonly severity: Severity
}

const AT_WORK: Idleness = { idle: false, lines: [], severity: 'critical' }

/**
 * Does `server` get requests for `vip`? Idle only where no director may send it one: those that hold the VIP count, where
 * one was seen; else all of the service.
 */
export function idlenessOf(
  { services, vips }: Topology,
  hosts: readonly Host[],
  server: HostId,
  vip: string,
): Idleness {
  const holders = vips.find(({ ip }) => ip === vip)?.holders ?? []
  const lines = services
    .filter((service) => service.vip === vip && service.servers.some(({ host }) => host === server))
    .flatMap((service) => {
      const active = service.directors.filter((id) => holders.some(({ host }) => host === id))
      const directors = active.length > 0 ? active : service.directors
      if (directors.length === 0) return [undefined]
      return directors.map((id) => {
        const ipvs = hosts.find((host) => host.id === id)?.facts.ipvs
        return ipvs?.state === 'known' && ipvs.whole ? idleIn(ipvs.value, service, server, ipvs.from[0]) : undefined
      })
    })
  const cites = lines.filter((line) => line !== undefined)
  if (cites.length < lines.length || !isNonEmpty(cites)) return AT_WORK
  return { idle: true, lines: cites, severity: 'warning' }
}

/** To be added to what a fault does. */
export function idleNote({ host, idle }: { readonly host: string; readonly idle: boolean }): string {
  return idle ? ` ${host} is out of the pool or has weight 0 now: this bites when it gets requests again.` : ''
}

/** By address alone: keepalived resets a port that differs from the service's (DR, TUN), so file and table may disagree. */
function idleIn({ services }: Ipvs, service: Service, server: HostId, table: Cite): Cite | undefined {
  const mine = services.find(
    ({ vip, port, protocol }) => vip === service.vip && port === service.port && protocol === service.protocol,
  )
  if (mine === undefined) return table
  const own = new Set(service.servers.filter(({ host }) => host === server).map(({ ip }) => ip))
  const entries = mine.servers.filter(({ ip }) => own.has(ip))
  return entries.some(({ weight }) => weight > 0) ? undefined : (entries[0]?.at ?? mine.at)
}
