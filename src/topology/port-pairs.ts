/** Ports of virtual services beside those of their real servers, where packets are passed on unchanged (DR, TUN). */
import { parseIp } from '../lib/ip.ts'
import type { Host, Mode } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { ConfNode, Ipvs, KeepalivedConf, LogEntry, Protocol } from '../model/facts.ts'
import { modeOf } from './services.ts'

export interface PortPair {
  readonly vip: string
  readonly protocol: Protocol
  /** Ports of the service; several only for a virtual_server_group. */
  readonly ports: readonly number[]
  readonly mode: 'DR' | 'TUN'
  readonly server: { readonly ip: string; readonly port: number; readonly at: Cite }
  readonly at: Cite
}

const FORWARD = { Route: 'DR', Tunnel: 'TUN', Masq: 'NAT', Local: 'Local', Bypass: 'unknown' } as const

/** As the kernel lists them. Port 0 is every port, on either side. */
export function tablePairs({ services }: Ipvs): readonly PortPair[] {
  return services.flatMap(({ vip, port, protocol, servers, at }) =>
    vip === undefined || !port || protocol === undefined
      ? []
      : servers.flatMap(({ ip, port: own, forward, at: line }) =>
          pairOf({ vip, protocol, ports: [port], at }, FORWARD[forward], { ip, port: own, at: line }),
        ),
  )
}

/** As keepalived.conf asks for, sorry servers included. A server without a port has that of the service. */
export function confPairs({ virtualServers, root }: KeepalivedConf): readonly PortPair[] {
  const groups = groupsOf(root)
  const blocks = new Map(root.map((node) => [`${node.at.section} ${node.at.line}`, node]))
  return virtualServers.flatMap(({ vip, port, group, protocol, lbKind, realServers, at }) => {
    const members = group === undefined ? [] : (groups.get(group) ?? [])
    const [first] = members
    const address = vip ?? first?.ip
    const ports = group === undefined ? (port ? [port] : []) : members.map((member) => member.port)
    if (address === undefined || ports.length === 0 || ports.includes(0)) return []
    const service = { vip: address, protocol, ports, at }
    const servers = realServers.flatMap(({ ip, port: own, method, at: line }) =>
      pairOf(service, modeOf(method ?? lbKind?.value), { ip, port: own, at: line }),
    )
    const block = blocks.get(`${at.section} ${at.line}`)
    return [
      ...servers,
      ...sorryOf(block).flatMap(({ method, ...server }) => pairOf(service, modeOf(method ?? lbKind?.value), server)),
    ]
  })
}

function pairOf(
  service: Pick<PortPair, 'vip' | 'protocol' | 'ports' | 'at'>,
  mode: Mode,
  server: PortPair['server'],
): readonly PortPair[] {
  return (mode === 'DR' || mode === 'TUN') && server.port !== 0 ? [{ ...service, mode, server }] : []
}

/** `sorry_server 192.168.10.9 8080`, forwarded like the others unless `sorry_server_lvs_method` says so. */
function sorryOf(block: ConfNode | undefined): readonly (PortPair['server'] & { readonly method?: string })[] {
  const nodes = block?.children ?? []
  const method = nodes.find(({ keyword }) => keyword === 'sorry_server_lvs_method')?.args[0]
  return nodes.flatMap(({ keyword, args: [address = '', port], at }) => {
    const ip = keyword === 'sorry_server' ? parseIp(address) : undefined
    return ip === undefined ? [] : [{ ip, port: portOf(port), at, ...(method === undefined ? {} : { method }) }]
  })
}

/** Addresses and ports of every `virtual_server_group`; lines with a mark, and ranges by their first address. */
function groupsOf(
  root: readonly ConfNode[],
): ReadonlyMap<string, readonly { readonly ip: string; readonly port: number }[]> {
  return new Map(
    root.flatMap(({ keyword, args: [name], children = [] }) => {
      if (keyword !== 'virtual_server_group' || name === undefined) return []
      const members = children.flatMap(({ keyword: address, args: [port] }) => {
        const ip = parseIp(address.split('-')[0] ?? '')
        return ip === undefined ? [] : [{ ip, port: portOf(port) }]
      })
      return [[name, members] as const]
    }),
  )
}

function portOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0
}

/** A server of a group fits where it has the port of any of the addresses: packets to the others are not meant for it alone. */
export function portsDiffer({ ports, server }: PortPair): boolean {
  return !ports.includes(server.port)
}

/** Pairs of the table whose server of that service is not in the configuration, with whatever port. */
export function onlyListed(listed: readonly PortPair[], asked: readonly PortPair[]): readonly PortPair[] {
  const keyOf = ({ vip, protocol, server }: PortPair): string => `${protocol} ${vip} ${server.ip}`
  const known = new Set(asked.map(keyOf))
  return listed.filter((pair) => !known.has(keyOf(pair)))
}

/** keepalived's own word that it set the port of this server back to that of the service. */
export function tellsReset({ event }: LogEntry, ip: string): boolean {
  if (event?.kind !== 'port-reset') return false
  return event.reason.split(/[\s[\],]+/).some((word) => word === ip || word.startsWith(`${ip}:`))
}

/** Does the host listen on the port, for this address or for all? undefined: nobody looked, or the list may be longer. */
export function listensOn(
  { facts: { sockets } }: Host,
  protocol: Protocol,
  ip: string,
  port: number,
): boolean | undefined {
  if (sockets.state !== 'known') return undefined
  const all = [ip, '*', '0.0.0.0', '::', '[::]']
  const found = sockets.value.listening.some(
    (one) => one.protocol === protocol && one.port === port && all.includes(one.ip),
  )
  return found || (sockets.whole ? false : undefined)
}
