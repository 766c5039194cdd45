/** Answers of real servers that a NAT director received and never passed on. */
import type { HostFacts } from '../../model/case.ts'
import type { Cite } from '../../model/evidence.ts'
import type { Capture, TcpPacket } from '../../model/facts.ts'
import { vantage } from './vantage.ts'

/**
 * The first SYN-ACK of one of `servers` (`ip:port`) to another machine that came in, where not one of them went out to
 * its client again. undefined: there is none, or the capture cannot show it (one interface, one direction, lost packets).
 */
export function stuckAnswer(
  capture: Capture,
  servers: ReadonlySet<string>,
  own: ReadonlySet<string>,
): TcpPacket | undefined {
  const { bothDirections, everyInterface, lossy, filterHidesReplies } = vantage(capture)
  if (bothDirections !== true || everyInterface !== true || lossy || filterHidesReplies === true) return undefined
  let first: TcpPacket | undefined
  const asked = new Set<string>()
  const left = new Set<string>()
  for (const packet of capture.packets) {
    if (packet.kind !== 'tcp' || packet.flags !== 'S.' || own.has(packet.dst)) continue
    const client = `${packet.dst}:${packet.dport}`
    if (packet.direction === 'out') left.add(client)
    else if (servers.has(`${packet.src}:${packet.sport}`)) {
      first ??= packet
      asked.add(client)
    }
  }
  return [...asked].some((client) => left.has(client)) ? undefined : first
}

export interface NatPool {
  /** `ip:port` of the real servers. */
  readonly servers: readonly string[]
  readonly vips: readonly string[]
  /** Addresses of the director: answers to its own health checks are not for a client. */
  readonly own: readonly string[]
}

/** What shows that answers do not get through a NAT director: its capture, and IPVS counters with packets in and none out. */
export function natSilence({ capture, ipvsStats }: HostFacts, { servers, vips, own }: NatPool): readonly Cite[] {
  const stuck = capture.state === 'known' ? stuckAnswer(capture.value, new Set(servers), new Set(own)) : undefined
  const counted = (ipvsStats.state === 'known' ? ipvsStats.value.services : []).filter(
    ({ vip, totals }) => vip !== undefined && vips.includes(vip) && totals.inPkts > 0 && totals.outPkts === 0,
  )
  return [...(stuck ? [stuck.at] : []), ...counted.map(({ at }) => at)]
}
