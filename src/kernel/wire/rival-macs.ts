/** Two machines that answer ARP for one address at the same time. */
import type { Cite, NonEmpty } from '../../model/evidence.ts'
import type { ArpPacket, Capture } from '../../model/facts.ts'
import { foldSightings } from './sightings.ts'

export interface RivalMacs {
  readonly ip: string
  readonly macs: readonly [string, string]
  /** Replies of the one, the other, and where there is one the first again. */
  readonly cites: NonEmpty<Cite>
}

/** Both answer one question: the answers lie closer together than a failover takes. */
const TOGETHER = 1

interface Reply {
  readonly mac: string
  readonly time: number | undefined
  readonly at: Cite
}

/**
 * Per address, the first two MACs of which one answered within a second of the other, or answered again after the other had: a
 * takeover changes the MAC once and for good. Announcements do not count, both directors make them around a failover.
 */
export function rivalMacs(capture: Capture): readonly RivalMacs[] {
  const replies = new Map<string, Reply[]>()
  for (const { packet, sightings } of foldSightings(capture)) {
    if (packet.kind !== 'arp' || packet.op !== 'reply' || packet.mac === undefined || toAll(packet)) continue
    const of = replies.get(packet.sender) ?? []
    replies.set(packet.sender, of)
    of.push({ mac: packet.mac, time: sightings[0].time, at: packet.at })
    if (packet.again !== undefined) of.push({ mac: packet.mac, time: packet.again.until, at: packet.at })
  }
  return [...replies].flatMap(([ip, list]) => rivalsOf(ip, list) ?? [])
}

function toAll({ dstMac, direction }: ArpPacket): boolean {
  return dstMac === 'ff:ff:ff:ff:ff:ff' || direction === 'broadcast'
}

function rivalsOf(ip: string, unsorted: readonly Reply[]): RivalMacs | undefined {
  const list = [...unsorted].sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  const before = new Map<string, Reply>()
  let last: Reply | undefined
  for (const reply of list) {
    if (last !== undefined && last.mac !== reply.mac) {
      const together = last.time !== undefined && reply.time !== undefined && reply.time - last.time <= TOGETHER
      const earlier = before.get(reply.mac)
      if (together) return { ip, macs: [last.mac, reply.mac], cites: [last.at, reply.at] }
      if (earlier !== undefined) return { ip, macs: [reply.mac, last.mac], cites: [earlier.at, last.at, reply.at] }
    }
    before.set(reply.mac, reply)
    last = reply
  }
  return undefined
}
