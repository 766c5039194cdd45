/** Real servers whose answers a director has to forward, because it translates addresses for them. */
import { isIpv4 } from '../lib/ip.ts'
import type { Service, ServiceServer } from '../model/case.ts'
import type { Claim } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import type { Protocol } from '../model/facts.ts'

export interface Translated {
  readonly service: Service
  readonly server: ServiceServer
}

/** IPv4 servers in NAT mode on other machines; an answer of the director itself is never forwarded. */
export function translatedBy(director: HostId, services: readonly Service[]): readonly Translated[] {
  return services.flatMap((service) =>
    service.directors.includes(director)
      ? service.servers
          .filter((server) => server.mode === 'NAT' && server.host !== director && isIpv4(server.ip))
          .map((server) => ({ service, server }))
      : [],
  )
}

/** `10.10.0.21, 10.10.0.22 and 5 more`: each address once. */
export function serverNames(pool: readonly Translated[]): string {
  const all = [...new Set(pool.map(({ server }) => server.ip))]
  const shown = all.slice(0, 3)
  if (all.length > shown.length) return `${shown.join(', ')} and ${all.length - shown.length} more`
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** What a finding on these servers concerns: the director, the servers that are hosts of the case, and the VIPs. */
export function aboutTranslated(director: HostId, pool: readonly Translated[]): Claim['about'] {
  const hosts = pool.flatMap(({ server }) => server.host ?? [])
  const vips = pool.flatMap(({ service }) => service.vip ?? [])
  return { hosts: [...new Set([director, ...hosts])], vips: [...new Set(vips)] }
}

export interface Ends {
  /** `ip:port` of the servers. */
  readonly servers: readonly string[]
  readonly ips: readonly string[]
  /** VIPs they answer for. */
  readonly vips: readonly string[]
}

export function endsOf(pool: readonly Translated[]): Ends {
  return {
    servers: pool.map(({ server }) => `${server.ip}:${server.port}`),
    ips: [...new Set(pool.map(({ server }) => server.ip))],
    vips: [...new Set(pool.flatMap(({ service }) => service.vip ?? []))],
  }
}

export interface Answers {
  /** undefined for a service by firewall mark. */
  readonly protocol?: Protocol
  readonly ip: string
  readonly port: number
}

/** Source of a server's answers, as it leaves the server. */
export function answersOf({ service, server }: Translated): Answers {
  const { protocol } = service
  return { ip: server.ip, port: server.port, ...(protocol === undefined ? {} : { protocol }) }
}

/** The same as a rule of iptables asks for it; port 0 stands for any. */
export function answerRule(entry: Translated): string {
  const { protocol, ip, port } = answersOf(entry)
  if (protocol === undefined) return `-s ${ip}`
  return `-s ${ip} -p ${protocol}${port === 0 ? '' : ` --sport ${port}`}`
}
