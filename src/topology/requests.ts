/** Requests of clients as a director, or a real server, takes them in: one for each service. */
import { isIpv4 } from '../lib/ip.ts'
import type { Case, Host, Service } from '../model/case.ts'
import type { Claim } from '../model/check.ts'
import type { Protocol } from '../model/facts.ts'
import { addressOn } from './addresses.ts'
import { tunnelsFor } from './arrivals.ts'
import { directorFaces } from './faces.ts'

export interface Request {
  readonly protocol: Protocol
  /** The VIP; behind NAT the real server's own address. */
  readonly dst: string
  /** 0: every port. */
  readonly port: number
  /** Interface it comes in by; undefined: not known. */
  readonly dev?: string
  readonly service: Service
  readonly vip: string
  /** Address of the real server it is balanced to; on a director undefined. */
  readonly rip?: string
}

/** Services by firewall mark have no address of their own and are left out, and so is IPv6. */
export function requestsAt(director: Host, { topology }: Case): readonly Request[] {
  return topology.services.flatMap((service) => {
    const { vip, port = 0, protocol = 'tcp', directors } = service
    if (vip === undefined || !isIpv4(vip) || !directors.includes(director.id)) return []
    const [face, ...others] = directorFaces(director, vip)
    const dev = face === undefined || others.length > 0 ? {} : { dev: face.name }
    return [{ service, vip, protocol, dst: vip, port, ...dev }]
  })
}

/** To the VIP behind DR and TUN, to the server's own address behind NAT. What a host balances to itself is left out. */
export function requestsTo(server: Host, { topology }: Case): readonly Request[] {
  const links = server.facts.links.state === 'known' ? server.facts.links.value.links : []
  return topology.services.flatMap((service) => {
    const { vip, port = 0, protocol = 'tcp' } = service
    if (vip === undefined || !isIpv4(vip)) return []
    return service.servers
      .filter(({ host, mode }) => host === server.id && ['DR', 'TUN', 'NAT'].includes(mode))
      .filter(() => service.directors.some((id) => id !== server.id) || service.directors.length === 0)
      .map(({ ip, port: own, mode }) => {
        const ways = mode === 'TUN' ? tunnelsFor(links, vip) : links.filter((link) => addressOn(link, ip) !== undefined)
        const dev = ways.length === 1 && ways[0] ? { dev: ways[0].name } : {}
        const to = mode === 'NAT' ? { dst: ip, port: own || port } : { dst: vip, port }
        return { service, vip, rip: ip, protocol, ...to, ...dev }
      })
  })
}

/** `192.168.10.100:80` each once. */
export function targetsOf(requests: readonly Request[]): string {
  return [...new Set(requests.map(({ dst, port }) => (port === 0 ? dst : `${dst}:${port}`)))].join(', ')
}

/** As a rule of iptables asks for it. */
export function requestRule({ dst, port, protocol }: Request): string {
  return `-d ${dst} -p ${protocol}${port === 0 ? '' : ` --dport ${port}`}`
}

export function aboutRequests(host: string, requests: readonly Request[]): Claim['about'] {
  return { hosts: [host], vips: [...new Set(requests.map(({ vip }) => vip))] }
}

/** TCP requests of services whose answers do not come back through the director (DR, TUN). */
export function requestsPast(director: Host, kase: Case): readonly Request[] {
  return requestsAt(director, kase).filter(
    ({ service, protocol }) =>
      protocol === 'tcp' &&
      service.servers.some(({ mode, host }) => (mode === 'DR' || mode === 'TUN') && host !== director.id),
  )
}
