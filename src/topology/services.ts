/** Virtual services, put together from every director's IPVS table and keepalived.conf. */
import type { Mode, Service, ServiceServer } from '../model/case.ts'
import type { Cite, HostId, NonEmpty } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { IpvsServer, Protocol, VirtualServer } from '../model/facts.ts'
import { isHidingLink, isTunnelLink, ownAddresses } from './addresses.ts'
import type { HostEvidence } from './index.ts'

const FORWARD: Readonly<Record<IpvsServer['forward'], Mode>> = {
  Route: 'DR',
  Tunnel: 'TUN',
  Masq: 'NAT',
  Local: 'Local',
  Bypass: 'unknown',
}

interface Said {
  readonly host: HostId
  readonly by: 'ipvs' | 'keepalived' | 'address'
  readonly at: Cite
}

interface ServerDraft {
  ip: string
  port: number
  mode: Mode
  weight?: number
  said: Said[]
}

interface Draft {
  protocol?: Protocol
  vip?: string
  port?: number
  fwmark?: number
  scheduler?: string
  persistent?: { seconds: number; at: Cite }
  servers: Map<string, ServerDraft>
  directors: Set<HostId>
  from: Cite[]
}

export function modeOf(lbKind: string | undefined): Mode {
  const kind = lbKind?.toUpperCase()
  return kind === 'DR' || kind === 'TUN' || kind === 'NAT' ? kind : 'unknown'
}

export function servicesOf(hosts: readonly HostEvidence[]): readonly Service[] {
  const drafts = new Map<string, Draft>()
  for (const host of hosts) {
    addIpvs(drafts, host)
    addConf(drafts, host)
  }
  const owner = ownerMap(hosts)
  return [...drafts].flatMap(([id, draft]) => finish(id, draft, owner))
}

function addIpvs(drafts: Map<string, Draft>, host: HostEvidence): void {
  const ipvs = host.facts.ipvs
  if (ipvs.state !== 'known') return
  for (const service of ipvs.value.services) {
    const draft = draftOf(drafts, service)
    draft.directors.add(host.id)
    draft.from.push(service.at)
    draft.scheduler ??= service.scheduler
    if (service.persistent !== undefined) draft.persistent ??= { seconds: service.persistent, at: service.at }
    for (const server of service.servers) {
      addServer(draft, server.ip, server.port, FORWARD[server.forward], server.weight, {
        host: host.id,
        by: 'ipvs',
        at: server.at,
      })
    }
  }
}

function addConf(drafts: Map<string, Draft>, host: HostEvidence): void {
  const conf = host.facts.keepalived
  if (conf.state !== 'known') return
  for (const virtual of conf.value.virtualServers) {
    if (virtual.vip === undefined && virtual.fwmark === undefined) continue
    const draft = draftOf(drafts, virtual)
    draft.directors.add(host.id)
    draft.from.push(virtual.at)
    if (virtual.lbAlgo) draft.scheduler ??= virtual.lbAlgo.value
    if (virtual.persistence && virtual.persistence.value > 0) {
      draft.persistent ??= { seconds: virtual.persistence.value, at: virtual.persistence.at }
    }
    addConfServers(draft, virtual, host.id)
  }
}

function addConfServers(draft: Draft, virtual: VirtualServer, host: HostId): void {
  for (const server of virtual.realServers) {
    const mode = modeOf(server.method ?? virtual.lbKind?.value)
    // A zero or missing port means the service's own.
    const port = server.port || (virtual.port ?? 0)
    addServer(draft, server.ip, port, mode, server.weight, { host, by: 'keepalived', at: server.at })
  }
}

function draftOf(drafts: Map<string, Draft>, key: Pick<Service, 'protocol' | 'vip' | 'port' | 'fwmark'>): Draft {
  const id = serviceId(key)
  let draft = drafts.get(id)
  if (!draft) {
    draft = { ...pick(key), servers: new Map(), directors: new Set(), from: [] }
    drafts.set(id, draft)
  }
  return draft
}

function pick(
  key: Pick<Service, 'protocol' | 'vip' | 'port' | 'fwmark'>,
): Pick<Draft, 'protocol' | 'vip' | 'port' | 'fwmark'> {
  return {
    ...(key.protocol === undefined ? {} : { protocol: key.protocol }),
    ...(key.vip === undefined ? {} : { vip: key.vip }),
    ...(key.port === undefined ? {} : { port: key.port }),
    ...(key.fwmark === undefined ? {} : { fwmark: key.fwmark }),
  }
}

export function serviceId(key: Pick<Service, 'protocol' | 'vip' | 'port' | 'fwmark'>): string {
  if (key.fwmark !== undefined) return `fwmark ${key.fwmark}`
  return `${key.protocol ?? 'tcp'} ${key.vip ?? '?'}:${key.port ?? 0}`
}

function addServer(draft: Draft, ip: string, port: number, mode: Mode, weight: number | undefined, said: Said): void {
  const key = `${ip}:${port}`
  const known = draft.servers.get(key)
  if (!known) {
    draft.servers.set(key, { ip, port, mode, said: [said], ...(weight === undefined ? {} : { weight }) })
    return
  }
  known.said.push(said)
  // The kernel's table is what happens; a DR entry for the director's own address is still listed as Route.
  if (known.mode === 'unknown') known.mode = mode
  if (weight !== undefined) known.weight ??= weight
}

function finish(id: string, draft: Draft, owner: ReadonlyMap<string, HostId>): Service[] {
  if (!isNonEmpty(draft.from)) return []
  const servers: ServiceServer[] = [...draft.servers.values()].map((server) => {
    const host = owner.get(server.ip)
    const { said, ...rest } = server
    return { ...rest, said: said as unknown as NonEmpty<Said>, ...(host === undefined ? {} : { host }) }
  })
  const { servers: _, directors, from: __, ...rest } = draft
  return [{ id, ...rest, mode: commonMode(servers), servers, directors: [...directors], from: draft.from }]
}

function commonMode(servers: readonly ServiceServer[]): Mode {
  const modes = new Set(servers.map((server) => server.mode).filter((mode) => mode !== 'Local'))
  const [only] = modes
  return modes.size === 1 && only !== undefined ? only : servers.length > 0 && modes.size === 0 ? 'Local' : 'unknown'
}

/** Address -> host, left out where two hosts have the same one (VIPs, NAT interfaces of virtual machines). */
export function ownerMap(hosts: readonly HostEvidence[]): ReadonlyMap<string, HostId> {
  const owners = new Map<string, HostId | undefined>()
  for (const host of hosts) {
    for (const { ip } of ownAddresses(host.facts)) {
      owners.set(ip, owners.has(ip) && owners.get(ip) !== host.id ? undefined : host.id)
    }
  }
  return new Map([...owners].flatMap(([ip, host]) => (host === undefined ? [] : [[ip, host] as const])))
}

/**
 * No director in sight: a /32 on lo, dummy or tunl0 is how a real server carries a VIP, and says which mode it serves.
 * Only used when no IPVS table and no keepalived.conf was given.
 */
export function inferredServices(hosts: readonly HostEvidence[]): readonly Service[] {
  return hosts.flatMap((host): Service[] => {
    const links = host.facts.links
    if (links.state !== 'known') return []
    const main = ownAddresses(host.facts).find((own) => own.prefix !== 32)
    return links.value.links.filter(isHidingLink).flatMap((link) =>
      link.addresses
        .filter((address) => address.family === 'inet' && address.prefix === 32 && !address.ip.startsWith('127.'))
        .map((address): Service => {
          const mode: Mode = isTunnelLink(link) ? 'TUN' : 'DR'
          const said = { host: host.id, by: 'address', at: address.at } as const
          const server: ServiceServer = { ip: main?.ip ?? address.ip, port: 0, mode, host: host.id, said: [said] }
          return {
            id: `vip ${address.ip}`,
            vip: address.ip,
            mode,
            directors: [],
            servers: [server],
            inferred: true,
            from: [address.at],
          }
        }),
    )
  })
}
