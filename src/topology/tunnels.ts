/** Tunnels of TUN services: one from each director to each address of a real server. */
import { isIpv4 } from '../lib/ip.ts'
import type { Host, Service, ServiceServer, Topology } from '../model/case.ts'
import type { Cite, HostId } from '../model/evidence.ts'
import { isBroadcastLink, ownAddresses } from './addresses.ts'

export interface Tunnel {
  /** Real server's address: the outer destination. */
  readonly rip: string
  /** Interface that has it; undefined where that was not seen. */
  readonly dev?: string
  /** undefined: no director was seen. */
  readonly director?: HostId
  /** VIPs whose packets it carries. */
  readonly vips: readonly string[]
  readonly at: Cite
}

/** Tunnels that end on `host`. A director that is a real server itself needs none from itself. IPv4 only. */
export function tunnelsTo(host: Host, { services }: Topology): readonly Tunnel[] {
  const tunnels = new Map<string, Tunnel & { readonly vips: string[] }>()
  for (const { service, server } of tunnelled(host.id, services)) {
    const directors = service.directors.length === 0 ? [undefined] : service.directors.filter((id) => id !== host.id)
    for (const director of directors) {
      const key = `${server.ip} ${director ?? ''}`
      const tunnel = tunnels.get(key) ?? { ...endOf(host, server), ...(director === undefined ? {} : { director }) }
      if (service.vip !== undefined && !tunnel.vips.includes(service.vip)) tunnel.vips.push(service.vip)
      tunnels.set(key, tunnel)
    }
  }
  return [...tunnels.values()]
}

function tunnelled(
  host: HostId,
  services: readonly Service[],
): readonly { readonly service: Service; readonly server: ServiceServer }[] {
  return services.flatMap((service) =>
    service.servers
      .filter((server) => server.host === host && server.mode === 'TUN' && isIpv4(server.ip))
      .map((server) => ({ service, server })),
  )
}

function endOf({ facts }: Host, { ip, said }: ServiceServer): Tunnel & { readonly vips: string[] } {
  const dev = ownAddresses(facts).find((own) => own.ip === ip)?.dev
  const { links } = facts
  // An address on lo or a dummy says nothing about where packets to it come in.
  const link = links.state === 'known' ? links.value.links.find(({ name }) => name === dev) : undefined
  const hidden = link !== undefined && !isBroadcastLink(link)
  return { rip: ip, vips: [], at: said[0].at, ...(dev === undefined || hidden ? {} : { dev }) }
}
