/** Requests as a director sends them on, one for each service and real server. */
import { isIpv4 } from '../lib/ip.ts'
import type { Service, ServiceServer } from '../model/case.ts'
import type { HostId } from '../model/evidence.ts'
import type { Protocol } from '../model/facts.ts'

export interface Forwarded {
  readonly protocol: Protocol
  /** The VIP, as the client wrote it. */
  readonly dst: string
  readonly port: number
  readonly service: Service
  readonly server: ServiceServer
}

/** To IPv4 servers on other machines; services by firewall mark have no address of their own and are left out. */
export function forwardedBy(director: HostId, services: readonly Service[]): readonly Forwarded[] {
  return services.flatMap((service) => {
    const { vip, port = 0, protocol = 'tcp', servers, directors } = service
    if (vip === undefined || !isIpv4(vip) || !directors.includes(director)) return []
    return servers
      .filter(({ ip, mode, host }) => ['DR', 'TUN', 'NAT'].includes(mode) && host !== director && isIpv4(ip))
      .map((server) => ({ service, server, protocol, dst: vip, port }))
  })
}

/** As a rule of iptables asks for it in OUTPUT. */
export function forwardRule({ server, protocol, dst, port }: Forwarded): string {
  if (server.mode === 'TUN') return `-p 4 -d ${server.ip}`
  const [to, at] = server.mode === 'NAT' ? [server.ip, server.port || port] : [dst, port]
  return `-d ${to} -p ${protocol}${at === 0 ? '' : ` --dport ${at}`}`
}
