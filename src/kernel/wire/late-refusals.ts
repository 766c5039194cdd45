/** Refusals that come after the conversation: what was sent had been taken and acknowledged before. */
import type { Capture } from '../../model/facts.ts'
import { connections } from './connections.ts'

interface Talk {
  /** End of what the client has sent, and how much of it the server has acknowledged. */
  sent: number
  acknowledged: number
}

/**
 * Was every connection from `client` to `server` in this capture accepted, and all its data acknowledged? Then an ICMP error
 * between the two is about what came later: as a rule the FIN, which is INVALID to the packet filter of a DR director, because
 * connections that IPVS takes are never confirmed (nf_conntrack_tcp, state sNO).
 */
export function refusedLate(capture: Capture, client: string, server: string): boolean {
  const begun = connections(capture).filter((it) => it.client.ip === client && it.server.ip === server)
  if (begun.length === 0 || begun.some(({ synAcks }) => synAcks.length === 0)) return false
  const talks = new Map<number | string, Talk>()
  for (const packet of capture.packets) {
    if (packet.kind !== 'tcp' || packet.flags.includes('S')) continue
    const asks = packet.src === client && packet.dst === server
    if (!asks && !(packet.src === server && packet.dst === client)) continue
    const port = asks ? packet.sport : packet.dport
    const talk = talks.get(port) ?? { sent: 0, acknowledged: 0 }
    talks.set(port, talk)
    const { seq = 0, length = 0, ack = 0 } = packet
    if (asks && length > 0) talk.sent = Math.max(talk.sent, seq + length)
    if (!asks) talk.acknowledged = Math.max(talk.acknowledged, ack)
  }
  return begun.every(({ client: { port } }) => {
    const { sent = 0, acknowledged = 0 } = talks.get(port) ?? {}
    return sent > 0 && acknowledged >= sent
  })
}
