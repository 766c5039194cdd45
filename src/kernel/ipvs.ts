/** Which virtual service takes a packet, and the names of the forwarding methods. */
import type { Mode } from '../model/case.ts'
import type { Ipvs, IpvsServer, IpvsService } from '../model/facts.ts'

const PROTOCOLS: Readonly<Record<number, IpvsService['protocol']>> = { 6: 'tcp', 17: 'udp', 132: 'sctp' }

const MODES: Readonly<Record<IpvsServer['forward'], Mode>> = {
  Route: 'DR',
  Tunnel: 'TUN',
  Masq: 'NAT',
  Local: 'Local',
  Bypass: 'unknown',
}

/** A packet as IPVS sees it on LOCAL_IN: after the packet filter's INPUT. */
export interface ServicePacket {
  /** IP protocol number. */
  readonly protocol: number
  readonly dst: string
  readonly dport: number
  /** Firewall mark; left out: 0. */
  readonly mark?: number
}

/**
 * The service IPVS chooses (ip_vs_service_find): by firewall mark first, then by address and port, then the
 * service of that address for all ports (port 0). undefined: IPVS lets the packet be.
 */
export function serviceFor(ipvs: Ipvs, { protocol, dst, dport, mark }: ServicePacket): IpvsService | undefined {
  const name = PROTOCOLS[protocol]
  if (name === undefined) return undefined
  const marked = mark === undefined || mark === 0 ? undefined : ipvs.services.find(({ fwmark }) => fwmark === mark)
  const here = ipvs.services.filter((service) => service.protocol === name && service.vip === dst)
  return marked ?? here.find(({ port }) => port === dport) ?? here.find(({ port }) => port === 0)
}

/** `Route` of ipvsadm is DR, and so on. A real server that is the director itself is printed as Route too. */
export function modeOf(server: IpvsServer): Mode {
  return MODES[server.forward]
}

/** Mode that all servers of a service share; unknown for none or several. */
export function serviceMode(service: IpvsService): Mode {
  const modes = new Set(service.servers.map(modeOf))
  const [only] = modes
  return modes.size === 1 && only !== undefined ? only : 'unknown'
}
