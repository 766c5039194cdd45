/** Where the clients' packets come in: on a director by the interface of the VIP, on a real server by that of its own address or its tunnel. */
import type { Host, Service, Topology } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'
import { addressOn, isTunnelLink } from './addresses.ts'
import { enslaved } from './enslaved.ts'
import { directorFaces } from './faces.ts'

export interface ClientArrival {
  readonly vip: string
  /** Destination the packet carries there: the VIP, or the real server's own address behind NAT. */
  readonly dst: string
  readonly dev: string
  readonly tunnel: boolean
  /** A director that does not hold the VIP now: nothing comes in before a failover. */
  readonly latent: boolean
  /** Line that shows the address, or the tunnel. */
  readonly at: Cite
  readonly service: Service
}

/** Packets of clients that `host` receives as director or real server; none where its addresses were not seen. */
export function arrivalsAt(host: Host, topology: Topology): readonly ClientArrival[] {
  const { links } = host.facts
  if (links.state !== 'known') return []
  const all = topology.services.flatMap((service) => {
    const { vip } = service
    if (vip === undefined || vip.includes(':')) return []
    return [...asDirector(host, topology, service, vip), ...asServer(host, links.value.links, service, vip)]
  })
  const taken = all.flatMap((arrival) => takenOver(arrival, links.value.links) ?? [])
  return [...new Map(taken.map((arrival) => [`${arrival.dst} ${arrival.dev}`, arrival])).values()]
}

/** What a part of a bond or bridge receives comes in by the whole (rx_handler), and its own rp_filter is never asked. undefined: by one that was not seen. */
function takenOver(arrival: ClientArrival, links: readonly Link[]): ClientArrival | undefined {
  const link = links.find(({ name }) => name === arrival.dev)
  const part = link && enslaved(link, links)
  if (part?.is !== 'yes') return arrival
  return links.some(({ name }) => name === part.master) ? { ...arrival, dev: part.master } : undefined
}

function asDirector(host: Host, topology: Topology, service: Service, vip: string): readonly ClientArrival[] {
  if (!service.directors.includes(host.id)) return []
  const holders = topology.vips.find(({ ip }) => ip === vip)?.holders ?? []
  const latent = holders.length > 0 && holders.every((holder) => holder.host !== host.id)
  return directorFaces(host, vip).map(({ name, at }) => ({
    vip,
    dst: vip,
    dev: name,
    tunnel: false,
    latent,
    at,
    service,
  }))
}

function asServer(host: Host, links: readonly Link[], service: Service, vip: string): readonly ClientArrival[] {
  return service.servers
    .filter((server) => server.host === host.id)
    .flatMap(({ ip, mode }): readonly ClientArrival[] => {
      if (mode === 'TUN') {
        return tunnelsFor(links, vip).map(({ name, at }) => ({
          vip,
          dst: vip,
          dev: name,
          tunnel: true,
          latent: false,
          at,
          service,
        }))
      }
      if (mode !== 'DR' && mode !== 'NAT') return []
      const dst = mode === 'DR' ? vip : ip
      return links.flatMap((link) => {
        const own = addressOn(link, ip)
        return own === undefined
          ? []
          : [{ vip, dst, dev: link.name, tunnel: false, latent: false, at: own.at, service }]
      })
    })
}

/** The tunnel that carries the VIP; where it sits on lo, every tunnel that is up may unpack for it. */
export function tunnelsFor(links: readonly Link[], vip: string): readonly Link[] {
  const up = links.filter((link) => isTunnelLink(link) && link.flags.includes('UP'))
  const own = up.filter((link) => addressOn(link, vip) !== undefined)
  return own.length > 0 ? own : up
}
