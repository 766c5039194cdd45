/** Which director is at work: a fault of one that waits bites at the next failover, not now. */
import type { Topology } from '../model/case.ts'
import type { HostId } from '../model/evidence.ts'

/** Every one of these VIPs is on another director, and none on this one. Nobody seen with it: not known, so false. */
export function isStandby(topology: Topology, host: HostId, vips: readonly (string | undefined)[]): boolean {
  const holders = vips.map((ip) => topology.vips.find((vip) => vip.ip === ip)?.holders ?? [])
  return holders.length > 0 && holders.every((list) => list.length > 0 && list.every((holder) => holder.host !== host))
}

/** Does this director hold one of the VIPs? */
export function holdsOne(topology: Topology, host: HostId, vips: readonly string[]): boolean {
  return topology.vips.some((vip) => vips.includes(vip.ip) && vip.holders.some((holder) => holder.host === host))
}
