/** Addresses from which the VIPs are asked: they decide which route an answer must take. */
import type { ClientAddress, Role, Service, Tri, Vip } from '../model/case.ts'
import type { Cite, HostId } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { ownAddresses } from './addresses.ts'
import type { HostEvidence } from './index.ts'

export function clientsOf(
  hosts: readonly HostEvidence[],
  services: readonly Service[],
  vips: readonly Vip[],
  roles: ReadonlyMap<HostId, Readonly<Record<Role, Tri>>>,
): readonly ClientAddress[] {
  const found = new Map<string, Cite[]>()
  const virtual = new Set(vips.map((vip) => vip.ip))
  const ours = new Set([...virtual, ...services.flatMap((service) => service.servers.map((server) => server.ip))])
  for (const host of hosts) {
    const role = roles.get(host.id)
    if (role?.director.is === 'yes' || role?.['real-server'].is === 'yes')
      for (const own of ownAddresses(host.facts)) ours.add(own.ip)
  }
  const add = (ip: string, at: Cite): void => {
    if (ours.has(ip)) return
    const cites = found.get(ip)
    if (!cites) found.set(ip, [at])
    else if (cites.length < 3) cites.push(at)
  }
  for (const host of hosts) {
    const { capture, ipvsConns } = host.facts
    for (const look of capture.state === 'known' ? [...capture.earlier, capture] : []) {
      for (const packet of look.value.packets) {
        if (packet.kind === 'tcp' && packet.flags === 'S' && virtual.has(packet.dst)) add(packet.src, packet.at)
      }
    }
    if (ipvsConns.state === 'known') for (const conn of ipvsConns.value.conns) add(conn.client.ip, conn.at)
    if (roles.get(host.id)?.client.is === 'yes') for (const own of ownAddresses(host.facts)) add(own.ip, own.at)
  }
  return [...found].flatMap(([ip, from]) => (isNonEmpty(from) ? [{ ip, from }] : []))
}
