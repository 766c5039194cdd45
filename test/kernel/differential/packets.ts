/** Packets to send, with the connections that exist before them and so what connection tracking says of them. */
import * as fc from 'fast-check'
import type { CtState, FilterPacket, TcpFlag } from '../../../src/kernel/filter.ts'
import { headerHex, ICMP_ID, packetHex } from '../real/frames.ts'
import type { Connection, Order } from './prober.ts'

/** Addresses of the host: see SETUP in compare-rules.ts. */
export const OWN = ['10.0.0.2/24', '10.0.1.2/24', '10.0.2.2/24', '10.9.9.9/32', '127.0.0.1/8']

/** Kinds by what connection tracking makes of the first packet (nf_conntrack_proto_tcp.c, _icmp.c; tcp_loose is 1). */
interface Kind {
  readonly protocol: number
  readonly tcpFlags?: readonly TcpFlag[]
  readonly icmpType?: number
  readonly icmpCode?: number
  readonly alone: CtState
  /** May belong to a connection that exists: as one packet more of its opener, or of the other end. */
  readonly later?: 'both' | 'opener' | 'other'
}

const KINDS: readonly Kind[] = [
  { protocol: 6, tcpFlags: ['SYN'], alone: 'NEW' },
  { protocol: 17, alone: 'NEW', later: 'both' },
  { protocol: 112, alone: 'NEW', later: 'both' },
  { protocol: 4, alone: 'NEW', later: 'both' },
  { protocol: 6, tcpFlags: ['PSH', 'ACK'], alone: 'NEW', later: 'both' },
  { protocol: 6, tcpFlags: ['ACK'], alone: 'NEW', later: 'both' },
  { protocol: 6, tcpFlags: ['SYN', 'ACK'], alone: 'INVALID' },
  { protocol: 6, tcpFlags: ['FIN', 'ACK'], alone: 'INVALID', later: 'both' },
  { protocol: 6, tcpFlags: [], alone: 'INVALID' },
  { protocol: 1, icmpType: 8, icmpCode: 0, alone: 'NEW', later: 'opener' },
  { protocol: 1, icmpType: 0, icmpCode: 0, alone: 'INVALID', later: 'other' },
  { protocol: 1, icmpType: 17, icmpCode: 0, alone: 'NEW' },
]

/** ICMP errors, about a connection that exists or not. */
const ERRORS = [
  { protocol: 1, icmpType: 3, icmpCode: 4 },
  { protocol: 1, icmpType: 3, icmpCode: 1 },
  { protocol: 1, icmpType: 11, icmpCode: 0 },
] as const

export interface Probe {
  /** Where it comes in; undefined: the host sends it itself. */
  readonly cable?: 0 | 1 | 2
  /** `in`, `out` and `dstType` are not filled in yet for what the host sends. */
  readonly packet: FilterPacket
  readonly track: readonly Connection[]
  /** What an ICMP error is about. */
  readonly about?: FilterPacket
}

const SOURCES = ['10.0.0.9', '10.0.0.50', '192.0.2.7']
const FOR_US = ['10.0.0.2', '10.9.9.9']
const BEYOND = ['10.0.1.77', '10.0.2.77', '198.51.100.5']
const GROUPS = ['224.0.0.18', '10.0.0.255']

interface Ends {
  readonly src: string
  readonly dst: string
}

const ports = fc.record({
  sport: fc.constantFrom(41000, 33333, 53),
  dport: fc.constantFrom(80, 53, 8080, 1050, 5000),
})

function withKind(ends: Ends, cable: Probe['cable']): fc.Arbitrary<Probe> {
  const group = GROUPS.includes(ends.dst)
  const kinds = KINDS.filter(({ protocol }) => !group || protocol === 17 || protocol === 112)
  const relation = fc.constantFrom('alone', 'alone', 'opener', 'other')
  const plain = fc
    .tuple(fc.constantFrom(...kinds), relation, ports)
    .map(([kind, relation, { sport, dport }]): Probe => {
      const { alone, later, ...shape } = kind
      const belongs = !group && relation !== 'alone' && (later === 'both' || later === relation)
      const at = shape.protocol === 6 || shape.protocol === 17 ? { sport, dport } : {}
      const packet = { ...shape, ...ends, ...at, ctstate: belongs ? 'ESTABLISHED' : alone, mark: 0 } as const
      return place(cable, packet, belongs ? [connectionOf(packet, relation === 'other')] : [])
    })
  if (group) return plain
  const errors = fc
    .tuple(fc.constantFrom(...ERRORS), fc.boolean(), ports)
    .map(([error, known, { sport, dport }]): Probe => {
      // It quotes what its receiver once sent.
      const about = { protocol: 17, src: ends.dst, dst: '10.0.0.200', sport, dport }
      const packet = { ...error, ...ends, ctstate: known ? 'RELATED' : 'INVALID', mark: 0 } as const
      return { ...place(cable, packet, known ? [connectionOf(about, false)] : []), about }
    })
  return fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: errors })
}

function connectionOf({ protocol, src = '', dst = '', sport, dport }: FilterPacket, turned: boolean): Connection {
  if (protocol === 1) return { protocol, sport: ICMP_ID, ...(turned ? { src: dst, dst: src } : { src, dst }) }
  const at =
    sport === undefined || dport === undefined ? {} : turned ? { sport: dport, dport: sport } : { sport, dport }
  return { protocol, ...(turned ? { src: dst, dst: src } : { src, dst }), ...at }
}

function place(cable: Probe['cable'], packet: FilterPacket, track: readonly Connection[]): Probe {
  if (cable === undefined) return { packet: { ...packet, local: OWN }, track }
  const dstType = packet.dst === '224.0.0.18' ? 'multicast' : packet.dst?.endsWith('.255') ? 'broadcast' : 'unicast'
  const arriving = { in: `v${cable}`, inAddress: `10.0.${cable}.2`, srcMac: '02:00:00:00:00:aa' }
  return { cable, packet: { ...packet, ...arriving, dstType, local: OWN }, track }
}

function between(sources: readonly string[], targets: readonly string[], cables: readonly Probe['cable'][]) {
  return fc
    .record({ src: fc.constantFrom(...sources), dst: fc.constantFrom(...targets), cable: fc.constantFrom(...cables) })
    .chain(({ src, dst, cable }) => withKind({ src, dst }, cable))
}

export const probes: fc.Arbitrary<Probe> = fc.oneof(
  { weight: 5, arbitrary: between(SOURCES, FOR_US, [0, 1]) },
  { weight: 4, arbitrary: between(SOURCES, BEYOND, [0, 1]) },
  { weight: 2, arbitrary: between(SOURCES, GROUPS, [0]) },
  { weight: 3, arbitrary: between(['10.0.0.2'], ['10.0.0.9', '224.0.0.18', ...BEYOND], [undefined]) },
)

/** `id`: tells this packet from all others. */
export function orderOf({ cable, packet, track, about }: Probe, id: number): Extract<Order, { probe: string }> {
  const quote = about === undefined ? '' : packetHex(about)
  const order = { probe: packetHex(packet, { id, quote }), id, track }
  if (cable === undefined) {
    const mark = packet.mark === undefined || packet.mark === 0 ? {} : { mark: packet.mark }
    return { ...order, to: packet.dst ?? '', ...mark }
  }
  return { ...order, cable, frame: headerHex(packet, cable) }
}
