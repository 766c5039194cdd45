/** Connections by which keepalived finds out whether a real server lives. */
import { isIpv4 } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { ConfRealServer, LogEntry, VirtualServer } from '../model/facts.ts'
import { ownAddresses } from './addresses.ts'
import { logOf } from './state-changes.ts'

/** Checks that open a TCP connection to the real server. */
const BY_TCP = new Set(['TCP_CHECK', 'HTTP_GET', 'SSL_GET', 'SMTP_CHECK'])

export interface HealthCheck {
  readonly service: VirtualServer
  readonly server: ConfRealServer
  readonly kind: string
  readonly port: number
  readonly at: Cite
}

/** TCP checks of IPv4 servers on other machines. */
export function healthChecks(director: Host): readonly HealthCheck[] {
  const { keepalived } = director.facts
  if (keepalived.state !== 'known') return []
  const own = new Set(ownAddresses(director.facts).map(({ ip }) => ip))
  return keepalived.value.virtualServers.flatMap((service) =>
    service.realServers
      .filter(({ ip }) => isIpv4(ip) && !own.has(ip))
      .flatMap((server) =>
        server.checks
          .filter(({ kind }) => BY_TCP.has(kind))
          .map(({ kind, port, at }) => ({
            service,
            server,
            kind,
            port: port ?? (server.port || (service.port ?? 0)),
            at,
          })),
      ),
  )
}

/** Last line of the log about this server that says its check failed, unless a later one says that it succeeded. */
export function failedCheck(director: Host, ip: string): LogEntry | undefined {
  const about = logOf(director).filter(({ event }) => isAbout(event, ip))
  const last = about.at(-1)
  return last?.event?.kind === 'check-failed' || last?.event?.kind === 'server-removed'
    ? (about.findLast(({ event }) => event?.kind === 'check-failed') ?? last)
    : undefined
}

function isAbout(event: LogEntry['event'], ip: string): boolean {
  switch (event?.kind) {
    case 'check-failed':
    case 'check-succeeded':
    case 'server-removed':
    case 'server-added':
      return event.server?.ip === ip
    default:
      return false
  }
}
