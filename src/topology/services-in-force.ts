/** Virtual services of one director as it forwards now: its IPVS table, or what its keepalived.conf would put there. */
import type { HostFacts, Mode, Service, Tri } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import type { Ipvs, KeepalivedConf, Protocol } from '../model/facts.ts'
import { modeOf } from './services.ts'

export interface ServerInForce {
  readonly ip: string
  readonly mode: Mode
  /** 0: gets no new connection. */
  readonly weight: number
  readonly at: Cite
}

export interface ServiceInForce {
  /** `192.168.10.100:80`, `fwmark 8`. */
  readonly name: string
  readonly protocol?: Protocol
  readonly vip?: string
  readonly port?: number
  readonly fwmark?: number
  readonly scheduler?: string
  readonly persistent?: { readonly seconds: number; readonly at: Cite; readonly mask?: string }
  readonly servers: readonly ServerInForce[]
  readonly at: Cite
}

export interface InForce {
  readonly by: 'ipvs' | 'keepalived'
  readonly services: readonly ServiceInForce[]
  /** Only then is a service that is not listed not there. */
  readonly whole: boolean
  readonly from: NonEmpty<Cite>
}

const FORWARD = { Route: 'DR', Tunnel: 'TUN', Masq: 'NAT', Local: 'Local', Bypass: 'unknown' } as const

/** undefined: neither the table nor a configuration was seen. keepalived fills the table on a backup too. */
export function servicesInForce({ ipvs, keepalived }: HostFacts): InForce | undefined {
  if (ipvs.state === 'known') return { by: 'ipvs', services: ofTable(ipvs.value), whole: ipvs.whole, from: ipvs.from }
  if (keepalived.state !== 'known') return undefined
  return { by: 'keepalived', services: ofConf(keepalived.value), whole: keepalived.whole, from: keepalived.from }
}

function ofTable({ services }: Ipvs): readonly ServiceInForce[] {
  return services.map(({ persistent, flags, servers, ...rest }) => {
    const mask = flags.find((flag) => flag.startsWith('mask '))?.slice('mask '.length)
    return {
      ...rest,
      name: nameOf(rest),
      servers: servers.map(({ ip, forward, weight, at }) => ({ ip, mode: FORWARD[forward], weight, at })),
      ...(persistent === undefined || persistent === 0
        ? {}
        : { persistent: { seconds: persistent, at: rest.at, ...(mask === undefined ? {} : { mask }) } }),
    }
  })
}

/** Groups of addresses (`virtual_server group G`) have no address of their own and are left out. */
function ofConf({ virtualServers }: KeepalivedConf): readonly ServiceInForce[] {
  return virtualServers.flatMap(({ vip, port, fwmark, protocol, lbKind, lbAlgo, persistence, realServers, at }) => {
    if (vip === undefined && fwmark === undefined) return []
    const key = {
      ...(fwmark === undefined ? { protocol } : { fwmark }),
      ...(vip === undefined ? {} : { vip }),
      ...(port === undefined ? {} : { port }),
    }
    const servers = realServers.map(({ ip, method, weight = 1, at: line }) => ({
      ip,
      mode: modeOf(method ?? lbKind?.value),
      weight,
      at: line,
    }))
    return [
      {
        ...key,
        name: nameOf(key),
        servers,
        at,
        ...(lbAlgo === undefined ? {} : { scheduler: lbAlgo.value }),
        // 0 is out of range: keepalived logs that and sets no persistence.
        ...(persistence === undefined || persistence.value <= 0
          ? {}
          : { persistent: { seconds: persistence.value, at: persistence.at } }),
      },
    ]
  })
}

function nameOf({ vip, port, fwmark }: Pick<Service, 'vip' | 'port' | 'fwmark'>): string {
  return fwmark === undefined ? `${vip ?? '?'}:${port ?? 0}` : `fwmark ${fwmark}`
}

/** Equal for one service, as two directors list it. */
export function serviceKey({ name, protocol }: ServiceInForce): string {
  return `${protocol} ${name}`
}

/** The lines that say so, where a check was run because the role is known. */
export function signsOf(role: Tri): NonEmpty<Cite> {
  if (role.is === 'unknown') throw new Error('asked about a role that is not known')
  return role.looked
}
