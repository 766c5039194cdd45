/** TCP connection attempts: who asked, who answered, and which way the SYN took through the host. */

import type { Capture, IcmpPacket, TcpPacket } from '../../model/facts.ts'
import { ConnectionBook } from './connection-book.ts'
import { oncePer } from './once.ts'
import { type Folded, foldSightings } from './sightings.ts'
import type { Syn } from './syn.ts'

export interface WireEnd {
  readonly ip: string
  /** A name (`http`) where tcpdump ran without -n. */
  readonly port: number | string
}

export interface Connection {
  readonly client: WireEnd
  readonly server: WireEnd
  /** Every SYN once: the first and its retransmissions, each with all its sightings. */
  readonly syns: readonly [Syn, ...Syn[]]
  /** Lines that show any of them. */
  readonly sightings: number
  readonly synAcks: readonly Folded<TcpPacket>[]
  /** SYN-ACKs to this SYN from an address nobody here sent it to: the real server answers past the VIP. */
  readonly strangers: readonly Folded<TcpPacket>[]
  readonly resets: readonly { readonly by: 'client' | 'server'; readonly packet: Folded<TcpPacket> }[]
  readonly icmp: readonly Folded<IcmpPacket>[]
  /** The same SYN with another destination: IPVS in NAT mode rewrote it. */
  readonly natTo: readonly WireEnd[]
}

/**
 * The attempts in order of their first SYN. A retransmission repeats the initial sequence number, so a SYN with
 * another one is another attempt even on the same ports. Connections that began before the capture are left out.
 */
export const connections: (capture: Capture) => readonly Connection[] = oncePer(findConnections)

function findConnections(capture: Capture): readonly Connection[] {
  const book = new ConnectionBook()
  for (const folded of foldSightings(capture)) {
    const { packet } = folded
    if (packet.kind === 'tcp') book.segment(folded as Folded<TcpPacket>)
    else if (packet.kind === 'icmp') book.error(folded as Folded<IcmpPacket>)
  }
  return book.attempts
}
