/** A decoded packet as the line that `tcpdump -nn -e -v -S -# -tttt` prints for it, on one line, so that one reader serves both. */
import type { Frame, Ip, Link } from './frame.ts'
import { printBody } from './print-body.ts'
import type { Moment } from './ticks.ts'

export interface Shown {
  readonly number: number
  readonly at: Moment
  /** On the wire. */
  readonly length: number
  /** Name of the interface, where the capture knows it. */
  readonly port?: string
  readonly again: number
  readonly until: Moment
}

const TYPES: Readonly<Record<number, string>> = {
  2048: 'IPv4',
  2054: 'ARP',
  34525: 'IPv6',
  33024: '802.1Q',
  34984: '802.1Q-QinQ',
  37120: '802.1Q-9100',
}

export function printFrame(frame: Frame, shown: Shown): string {
  const { link } = frame
  const again = shown.again === 0 ? '' : ` [seen ${shown.again} more times until ${clock(shown.until)}]`
  // The password ends the line, as everywhere: what masks secrets looks for it there.
  const auth = frame.body.is === 'vrrp' && frame.body.auth !== undefined ? ` auth "${frame.body.auth}"` : ''
  return `${String(shown.number).padStart(5)}  ${clock(shown.at)} ${linkWords(link, shown)}${network(frame)}${again}${auth}`
}

/** `2026-11-20 11:46:40.336332`, UTC. */
export function clock({ seconds, nanos }: Moment): string {
  // Beyond the year 9999 a stamp is damage.
  const whole = new Date(Math.min(seconds, 253_402_300_799) * 1000).toISOString()
  return `${whole.slice(0, 10)} ${whole.slice(11, 19)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}`
}

function linkWords(link: Link, { port, length }: Shown): string {
  const device = link.index === undefined ? port : (port ?? `if${link.index}`)
  const cooked =
    link.way === undefined
      ? ''
      : `${device === undefined || link.index === undefined ? '' : `${device} `}${link.way.padEnd(3)} `
  const from = link.src === undefined ? '' : link.dst === undefined ? `${link.src} ` : `${link.src} > ${link.dst}, `
  const [first, ...rest] = link.tags
  const size = `, length ${length}: `
  if (first === undefined) return `${cooked}${from}ethertype ${typeName(link.type)}${size}`
  const tags = [first, ...rest].map(
    ({ control }, i) =>
      `vlan ${control & 0xfff}, p ${control >> 13}${control & 0x1000 ? ', DEI' : ''}, ethertype ${typeName(rest[i]?.type ?? link.type)}, `,
  )
  return `${cooked}${from}ethertype ${typeName(first.type)}${size}${tags.join('')}`
}

function typeName(type: number): string {
  const hex = `(0x${type.toString(16).padStart(4, '0')})`
  return `${TYPES[type] ?? 'Unknown'} ${hex}`
}

function network({ ip, body, link }: Frame): string {
  if (ip.length === 0)
    return body.is === 'cut'
      ? `[|${body.what}]`
      : body.is === 'arp'
        ? printBody(body)
        : `Unknown frame ${link.type.toString(16)}`
  const inner = ip.length - 1
  return ip
    .map((one, i) => {
      const word = i === 0 ? '' : one.version === 6 ? 'IP6 ' : 'IP '
      const ends =
        i === inner && (body.is === 'tcp' || body.is === 'udp')
          ? [`${one.src}.${body.sport}`, `${one.dst}.${body.dport}`]
          : [one.src, one.dst]
      return `${word}${header(one)} ${ends[0]} > ${ends[1]}: `
    })
    .join('')
    .concat(body.is === 'cut' ? `[|${body.what}]` : printBody(body, ip[inner]))
}

const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  2: 'IGMP',
  4: 'IPIP',
  6: 'TCP',
  17: 'UDP',
  41: 'IPv6',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  58: 'ICMPv6',
  89: 'OSPF',
  103: 'PIM',
  112: 'VRRP',
  132: 'SCTP',
}

function header(ip: Ip): string {
  const proto = `${PROTOCOLS[ip.proto] ?? 'unknown'} (${ip.proto})`
  if (ip.version === 6) return `(hlim ${ip.ttl}, next-header ${proto} payload length: ${ip.length - 40})`
  const flags =
    [...(ip.flags & 4 ? ['rsvd'] : []), ...(ip.flags & 1 ? ['+'] : []), ...(ip.flags & 2 ? ['DF'] : [])].join(', ') ||
    'none'
  return `(tos 0x${ip.tos.toString(16)}, ttl ${ip.ttl}, id ${ip.id}, offset ${ip.offset}, flags [${flags}], proto ${proto}, length ${ip.length})`
}
