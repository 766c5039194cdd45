/** Conditions on protocols, ports, TCP flags and ICMP types. */
import { answer } from './match-address.ts'
import type { Answer, FilterPacket } from './packet.ts'
import { decimal, portNumber, protocolNumber } from './protocols.ts'

/** Protocols whose header starts with two ports: tcp, udp, dccp, sctp, udplite. */
const WITH_PORTS = new Set([6, 17, 33, 132, 136])

export function matchProtocol(protocol: number, value: string | undefined): Answer {
  const wanted = protocolNumber(value ?? '')
  return wanted === undefined ? 'unknown' : answer(wanted === 0 || wanted === protocol)
}

/** `80`, `http`, `1024:2047`, `:1023`, `1024:`, and comma lists of them. */
export function matchPorts(
  protocol: number,
  ports: readonly (number | undefined)[],
  values: string | undefined,
): Answer {
  if (!WITH_PORTS.has(protocol)) return 'no'
  const ranges = (values ?? '').split(',').map(portRange)
  let doubt = false
  for (const range of ranges) {
    for (const port of ports) {
      if (range === undefined || port === undefined) doubt ||= range === undefined || range[0] > 0 || range[1] < 65535
      else if (range[0] <= port && port <= range[1]) return 'yes'
    }
    if (range !== undefined && range[0] === 0 && range[1] === 65535) return 'yes'
  }
  return doubt ? 'unknown' : 'no'
}

function portRange(text: string): readonly [number, number] | undefined {
  const colon = text.indexOf(':')
  const first = portNumber(colon < 0 ? text : text.slice(0, colon) || '0')
  const last = colon < 0 ? first : portNumber(text.slice(colon + 1) || '65535')
  return first === undefined || last === undefined ? undefined : [first, last]
}

const FLAGS: readonly string[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']

/** `--tcp-flags MASK SET` as two words, or `0x17/0x02` as `iptables -L` prints it; `--syn` is `FIN,SYN,RST,ACK SYN`. */
export function matchTcpFlags(packet: FilterPacket, values: readonly string[]): Answer {
  if (packet.protocol !== 6) return 'no'
  const [mask, set] = values.length === 1 ? (values[0] ?? '').split('/') : values
  const asked = flagBits(mask)
  const wanted = flagBits(set)
  if (asked === undefined || wanted === undefined || packet.tcpFlags === undefined) return 'unknown'
  return answer(((flagBits(packet.tcpFlags.join(',') || 'NONE') ?? 0) & asked) === wanted)
}

function flagBits(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^0x[0-9a-f]{1,2}$/i.test(text)) return Number(text)
  let bits = 0
  for (const word of text.toUpperCase().split(',')) {
    const at = FLAGS.indexOf(word)
    if (at >= 0) bits |= 1 << at
    else if (word === 'ALL') bits |= 0x3f
    else if (word !== 'NONE') return undefined
  }
  return bits
}

/** Type and code (-1: any) of the names that iptables knows and people use. */
const ICMP: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['echo-reply', [0, -1]],
  ['pong', [0, -1]],
  ['destination-unreachable', [3, -1]],
  ['network-unreachable', [3, 0]],
  ['host-unreachable', [3, 1]],
  ['protocol-unreachable', [3, 2]],
  ['port-unreachable', [3, 3]],
  ['fragmentation-needed', [3, 4]],
  ['host-prohibited', [3, 10]],
  ['communication-prohibited', [3, 13]],
  ['source-quench', [4, -1]],
  ['redirect', [5, -1]],
  ['echo-request', [8, -1]],
  ['ping', [8, -1]],
  ['router-advertisement', [9, -1]],
  ['router-solicitation', [10, -1]],
  ['time-exceeded', [11, -1]],
  ['ttl-exceeded', [11, -1]],
  ['parameter-problem', [12, -1]],
  ['timestamp-request', [13, -1]],
  ['timestamp-reply', [14, -1]],
])

export function matchIcmpType(packet: FilterPacket, value: string | undefined): Answer {
  if (packet.protocol !== 1) return 'no'
  if (value === 'any' || value === '255') return 'yes'
  const [type, code] = ICMP.get((value ?? '').toLowerCase()) ?? numericType(value ?? '')
  if (type === undefined || code === undefined || packet.icmpType === undefined) return 'unknown'
  if (packet.icmpType !== type) return 'no'
  if (code < 0) return 'yes'
  return packet.icmpCode === undefined ? 'unknown' : answer(packet.icmpCode === code)
}

function numericType(text: string): readonly (number | undefined)[] {
  const slash = text.indexOf('/')
  return slash < 0
    ? [decimal(text, 255), -1]
    : [decimal(text.slice(0, slash), 255), decimal(text.slice(slash + 1), 255)]
}
