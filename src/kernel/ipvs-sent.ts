/** The packet that IPVS sends on, as it leaves the director through OUTPUT. */
import type { Host, ServiceServer } from '../model/case.ts'
import type { FilterPacket } from './filter/packet.ts'
import { sysctlNumber } from './sysctl.ts'
import { towards } from './towards.ts'

/** The packet itself (DR), inside a tunnel packet (TUN), or readdressed (NAT). IPVS takes it out of connection tracking. */
export function sentOn(
  director: Pick<Host, 'facts'>,
  server: Pick<ServiceServer, 'ip' | 'port' | 'mode'>,
  packet: FilterPacket,
): FilterPacket {
  const { sysctl } = director.facts
  const tracking = sysctl.state === 'known' ? sysctlNumber(sysctl.value, 'net.ipv4.vs.conntrack') : undefined
  const { in: _in, notIn: _notIn, local: _local, ctstate: _state, ...rest } = packet
  const ctstate = tracking?.value === 1 ? 'NEW' : 'UNTRACKED'
  const port = server.port === 0 ? {} : { dport: server.port }
  if (server.mode === 'TUN') {
    const src = towards(director.facts, server.ip)?.src
    return { protocol: 4, dst: server.ip, mark: 0, ctstate, ...(src === undefined ? {} : { src }) }
  }
  return { ...rest, ctstate, ...(server.mode === 'NAT' ? { dst: server.ip, ...port } : {}) }
}
