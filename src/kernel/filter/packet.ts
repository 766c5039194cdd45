/** The packet that is walked through the rules, and what a rule sees of it at one point of its way. */

/** A question to which the evidence may not know the answer. */
export type Answer = 'yes' | 'no' | 'unknown'

export type CtState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED'

export type TcpFlag = 'FIN' | 'SYN' | 'RST' | 'PSH' | 'ACK' | 'URG'

/**
 * An IPv4 packet. A field left out is not known: a rule that asks for it cannot be decided. Exceptions: what the hook
 * itself says (no `out` on the way in, no `in` on the way out) and what follows from the destination address.
 */
export interface FilterPacket {
  /** IP protocol number: 6 tcp, 17 udp, 112 vrrp, 4 IP in IP … */
  readonly protocol: number
  readonly src?: string
  readonly dst?: string
  /** Interface it was received on, as the kernel names it: `tunl0` for a decapsulated packet. */
  readonly in?: string
  readonly out?: string
  /** Where `in` (`out`) is not known: interfaces it is certainly not. What comes from another host never comes in by lo. */
  readonly notIn?: readonly string[]
  readonly notOut?: readonly string[]
  readonly sport?: number
  readonly dport?: number
  readonly ctstate?: CtState
  /** Flags that are set; [] for none. */
  readonly tcpFlags?: readonly TcpFlag[]
  readonly icmpType?: number
  readonly icmpCode?: number
  /** Firewall mark on entry; 0 for a packet from the wire that nothing marked. */
  readonly mark?: number
  readonly srcMac?: string
  /** How the link layer addressed it; from `dst` where left out. */
  readonly dstType?: 'unicast' | 'multicast' | 'broadcast'
  /** It does not cross a bridge of the host: `-m physdev` then knows of no port (xt_physdev). */
  readonly bridged?: false
  /** Packets like it are so few that no rate limit is reached. */
  readonly rare?: true
  /** Every address of the host, with `/prefix` where known: `-m addrtype` asks for it. */
  readonly local?: readonly string[]
  /** First address of the receiving interface: where REDIRECT sends what comes in. */
  readonly inAddress?: string
}

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting'

export type BaseChain = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING'

/** What earlier rules can change about a packet. undefined: cannot tell. */
export interface PacketState {
  readonly ctstate: CtState | undefined
  readonly mark: number | undefined
}

/** A packet as a rule meets it. Empty interface: there is none at this hook, `-i eth0` does not match. */
export interface PacketView {
  readonly packet: FilterPacket
  readonly state: PacketState
  readonly in: string | undefined
  readonly out: string | undefined
  /** Locally made or forwarded: the kernel then has it as PACKET_HOST whatever its destination. */
  readonly leaving: boolean
}

/** `beforeTracking`: in table raw, or in an nft chain of such a priority. */
export function viewAt(
  beforeTracking: boolean,
  chain: BaseChain,
  packet: FilterPacket,
  state: PacketState,
): PacketView {
  // What comes before connection tracking: what is not yet tracked is INVALID to `--ctstate`. Loopback is tracked.
  const early = beforeTracking && state.ctstate !== 'UNTRACKED' && !(chain === 'PREROUTING' && packet.in === 'lo')
  return {
    packet,
    state: early ? { ...state, ctstate: 'INVALID' } : state,
    in: chain === 'OUTPUT' ? '' : chain === 'POSTROUTING' ? undefined : packet.in,
    out: chain === 'PREROUTING' || chain === 'INPUT' ? '' : packet.out,
    leaving: chain === 'OUTPUT' || chain === 'POSTROUTING',
  }
}
