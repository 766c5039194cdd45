/** Packets of a client's connection, as they come in from the wire. */
import type { Protocol } from '../../model/facts.ts'
import type { CtState, FilterPacket } from './packet.ts'
import { protocolNumber } from './protocols.ts'

export interface Opening {
  readonly protocol: Protocol
  readonly dst: string
  /** 0: every port. */
  readonly port: number
  /** Interface it comes in by; undefined: not known, but not lo. */
  readonly dev?: string
  /** undefined: whoever asks. */
  readonly client?: string
}

/** The first packet: to connection tracking something new. */
export function openingPacket({ protocol, dst, port, dev, client }: Opening): FilterPacket {
  return {
    protocol: protocolNumber(protocol) ?? 6,
    dst,
    ctstate: 'NEW',
    mark: 0,
    dstType: 'unicast',
    ...(port === 0 ? {} : { dport: port }),
    ...(dev === undefined ? { notIn: ['lo'] } : { in: dev }),
    ...(client === undefined ? {} : { src: client }),
    ...(protocol === 'tcp' ? { tcpFlags: ['SYN'] as const } : {}),
  }
}

/** Every later one of a TCP connection that carries data, in the given state of connection tracking. */
export function laterPacket(opening: Opening, ctstate: CtState): FilterPacket {
  return { ...openingPacket(opening), tcpFlags: ['ACK'], ctstate }
}
