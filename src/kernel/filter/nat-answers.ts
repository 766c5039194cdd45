/** Answers of real servers behind address translation, as the director's FORWARD chain meets them: before IPVS rewrites them. */
import type { Protocol } from '../../model/facts.ts'
import type { CtState, FilterPacket } from './packet.ts'

const NUMBERS: Readonly<Record<Protocol, number>> = { tcp: 6, udp: 17, sctp: 132 }

export interface Answering {
  /** undefined for a service by firewall mark: any of tcp and udp. */
  readonly protocol?: Protocol
  readonly ip: string
  /** 0: any port. */
  readonly port: number
}

/**
 * The first answer of a connection, once for every state it may have. With net.ipv4.vs.conntrack=0 IPVS takes the
 * client's packets out of connection tracking (ip_vs_notrack), so a SYN-ACK or INIT-ACK belongs to nothing and is
 * INVALID, while UDP looks like something NEW. With 1 it is ESTABLISHED. `conntrack` undefined: all of them.
 */
export function natAnswers({ protocol, ip, port }: Answering, conntrack: number | undefined): readonly FilterPacket[] {
  const protocols = protocol === undefined ? [6, 17] : [NUMBERS[protocol]]
  return protocols.flatMap((number) =>
    statesOf(number, conntrack).map(
      (ctstate): FilterPacket => ({
        protocol: number,
        src: ip,
        ctstate,
        mark: 0,
        ...(port === 0 ? {} : { sport: port }),
        ...(number === 6 ? { tcpFlags: ['SYN', 'ACK'] as const } : {}),
      }),
    ),
  )
}

function statesOf(protocol: number, conntrack: number | undefined): readonly CtState[] {
  const untracked: CtState = protocol === 17 ? 'NEW' : 'INVALID'
  if (conntrack === undefined) return [untracked, 'ESTABLISHED']
  return conntrack === 0 ? [untracked] : ['ESTABLISHED']
}
