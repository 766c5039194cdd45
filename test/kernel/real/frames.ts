/** Frames and packets as bytes, for the real kernel to judge. */
import type { FilterPacket } from '../../../src/kernel/filter.ts'

/** Link addresses: of the receiving host's interfaces v0, v1 and v2, and of whoever sends. */
export const HOST_MAC = ['020000000001', '020000000002', '020000000003'] as const
export const SENDER_MAC = '0200000000aa'

/** Identifier of ICMP queries: what connection tracking has instead of a port. */
export const ICMP_ID = 0x1234

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0')
}

export function ipHex(ip: string): string {
  return ip
    .split('.')
    .map((octet) => hex(Number(octet), 1))
    .join('')
}

/** Internet checksum over hexadecimal text. */
function checksum(text: string): string {
  let sum = 0
  for (let at = 0; at < text.length; at += 4) sum += Number.parseInt(text.slice(at, at + 4).padEnd(4, '0'), 16)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return hex(~sum & 0xffff, 2)
}

const FLAG_BITS: Readonly<Record<string, number>> = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32 }

function payload(
  { protocol, sport = 0, dport = 0, tcpFlags = [], icmpType = 8, icmpCode = 0, src = '', dst = '' }: FilterPacket,
  quote = '',
): string {
  if (protocol === 17) return `${hex(sport, 2)}${hex(dport, 2)}00080000`
  if (protocol === 1) {
    const kind = `${hex(icmpType, 1)}${hex(icmpCode, 1)}`
    const rest = quote === '' ? `${hex(ICMP_ID, 2)}0001` : `00000000${quote}`
    return `${kind}${checksum(`${kind}0000${rest}`)}${rest}`
  }
  // A checksum over all of it, as VRRP has: REJECT tells nobody about a packet whose checksum is wrong.
  if (protocol !== 6) return `213364000001${checksum('2133640000010000')}`
  const flags = tcpFlags.reduce((bits, flag) => bits | (FLAG_BITS[flag] ?? 0), 0)
  const start = `${hex(sport, 2)}${hex(dport, 2)}0000000100000000` + `50${hex(flags, 1)}0400`
  const sum = checksum(`${ipHex(src)}${ipHex(dst)}00060014${start}00000000`)
  return `${start}${sum}0000`
}

/** A whole IPv4 packet, 64 hops to live. `id`: its identification; `quote`: the packet that an ICMP error is about. */
export function packetHex(packet: FilterPacket, { id = 0, quote = '' } = {}): string {
  const body = payload(packet, quote)
  const start = `4500${hex(20 + body.length / 2, 2)}${hex(id, 2)}0000` + `40${hex(packet.protocol, 1)}`
  const ends = `${ipHex(packet.src ?? '')}${ipHex(packet.dst ?? '')}`
  return `${start}${checksum(`${start}0000${ends}`)}${ends}${body}`
}

/** The packet in an Ethernet frame to the host, a group or everyone, as its destination asks for. */
export function frameHex(packet: FilterPacket, cable: 0 | 1 | 2): string {
  return `${headerHex(packet, cable)}${packetHex(packet)}`
}

/** The Ethernet header alone. */
export function headerHex({ dst = '', dstType }: FilterPacket, cable: 0 | 1 | 2): string {
  const group = `01005e${hex(Number.parseInt(ipHex(dst).slice(2), 16) & 0x7fffff, 3)}`
  const to = dstType === 'broadcast' ? 'ffffffffffff' : dstType === 'multicast' ? group : HOST_MAC[cable]
  return `${to}${SENDER_MAC}0800`
}

/** Broadcast ARP request. */
export function arpHex(sender: string, target: string): string {
  return `ffffffffffff${SENDER_MAC}08060001080006040001${SENDER_MAC}${ipHex(sender)}000000000000${ipHex(target)}`
}
