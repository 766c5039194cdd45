/** On the director: in by its filter, to the virtual service, out to the real servers. */
import type { FilterPacket } from '../kernel/filter.ts'
import { modeOf, serviceFor } from '../kernel/ipvs.ts'
import type { Host, Service, ServiceServer } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { IpvsService } from '../model/facts.ts'
import { followers } from './followers.ts'
import { hearing, localOf } from './hosts.ts'
import type { Walk } from './walk.ts'

export interface Chosen {
  readonly servers: readonly ServiceServer[]
}

/** Into the director up to IPVS, which runs behind INPUT. `came`: by which interface, where the way shows it. undefined: the packet ends here. */
export function intoDirector(
  walk: Walk,
  director: Host,
  { packet, service, came }: { readonly packet: FilterPacket; readonly service: Service; readonly came?: string },
): Chosen | undefined {
  const { src = '', dst = '' } = packet
  const dev = came ?? hearing(director, dst)?.name
  const { in: _in, ...rest } = packet
  const here = { ...rest, ...(dev === undefined ? { notIn: ['lo'] } : { in: dev }), ...localOf(director) }
  if (!walk.reverse(director, { src, dst, in: dev })) return undefined
  const answer = walk.filter(director, here, 'input')
  if (answer === undefined) return undefined
  const after = answer.after ?? here
  if (after.dst !== dst || after.dport !== packet.dport) {
    const to = `${after.dst ?? 'another address'}${after.dport === undefined ? '' : `:${after.dport}`}`
    const cites = answer.steps.filter(({ effect }) => effect === 'rewrite').map(({ at }) => at)
    walk.say({
      step: 'nat',
      host: director,
      verdict: 'drop',
      text: `table nat sends it to ${to} before IPVS sees it`,
      cites,
    })
    return undefined
  }
  const chosen = chooseServers(
    walk,
    director,
    { ...here, ...(answer.mark === undefined ? {} : { mark: answer.mark }) },
    service,
  )
  return chosen && followers(walk, director, here) ? chosen : undefined
}

function chooseServers(walk: Walk, director: Host, packet: FilterPacket, service: Service): Chosen | undefined {
  const { ipvs } = director.facts
  const step = 'ipvs'
  if (ipvs.state === 'missing') {
    const taken = `${director.id} has the service ${service.id} loaded as it is configured (ipvsadm -Ln was not given)`
    const cites = service.from
    const verdict = service.servers.length > 0 ? 'accept' : 'unknown'
    walk.say({ step, host: director, verdict, text: `${service.id}, by its configuration`, cites, assumed: [taken] })
    return { servers: service.servers }
  }
  const { protocol, dst = '', dport = 0, mark } = packet
  const found = serviceFor(ipvs.value, { protocol, dst, dport, ...(mark === undefined ? {} : { mark }) })
  if (found === undefined) {
    const verdict = ipvs.whole ? 'reject' : 'unknown'
    walk.say({ step, host: director, verdict, text: `no virtual service takes ${dst}:${dport}`, cites: ipvs.from })
    return undefined
  }
  const usable = found.servers.filter(({ weight }) => weight > 0)
  if (usable.length === 0) {
    const cites = [found.at, ...found.servers.map(({ at }) => at)]
    const none = found.servers.length === 0 ? 'has no real server' : 'has real servers of weight 0 only'
    walk.say({ step, host: director, verdict: 'reject', text: `the service ${none}`, cites })
    return undefined
  }
  walk.say({ step, host: director, text: describe(found), cites: [found.at] })
  return { servers: usable.map((server) => withHost(service, server, found)) }
}

function describe(service: IpvsService): string {
  const { scheduler, persistent, fwmark, servers } = service
  const by = fwmark === undefined ? '' : `firewall mark ${fwmark}, `
  const idle = servers.filter(({ weight }) => weight === 0).map(({ ip }) => ip)
  const rest = idle.length === 0 ? '' : `; weight 0: ${idle.join(', ')}`
  const stays = persistent === undefined ? '' : `; persistent: a client stays on one server for ${persistent} s`
  return `${by}${scheduler} over ${servers.length - idle.length} real servers${stays}${rest}`
}

/** The kernel's own entry with the host that the topology knows by that address. */
function withHost(service: Service, server: IpvsService['servers'][number], found: IpvsService): ServiceServer {
  const known = service.servers.find(({ ip }) => ip === server.ip)
  const said: ServiceServer['said'] = [{ host: service.directors[0] ?? '', by: 'ipvs', at: server.at }]
  const base = {
    ip: server.ip,
    port: server.port || (found.port ?? 0),
    mode: modeOf(server),
    weight: server.weight,
    said,
  }
  return known?.host === undefined ? base : { ...base, host: known.host }
}

/** `said` line of a real server. */
export function serverLine({ said }: ServiceServer): Cite {
  return said[0].at
}
