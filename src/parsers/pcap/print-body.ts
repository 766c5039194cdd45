/** ARP, TCP, VRRP, ICMP and UDP in tcpdump's words. */
import type { Body, Icmp, Ip, Tcp, Vrrp } from './frame.ts'
import { icmpWords } from './print-icmp.ts'

export function printBody(body: Body, ip?: Ip): string {
  switch (body.is) {
    case 'arp':
      return arp(body)
    case 'tcp':
      return tcp(body)
    case 'vrrp':
      return vrrp(body, ip)
    case 'icmp':
      return icmp(body)
    case 'udp':
      return `UDP, length ${body.length}`
    default:
      return ip === undefined
        ? 'unknown'
        : ip.offset > 0
          ? `ip-proto-${ip.proto} fragment`
          : `ip-proto-${ip.proto} ${ip.length}`
  }
}

function arp({ op, sender, senderMac, target, targetMac }: Extract<Body, { is: 'arp' }>): string {
  if (op === 1) {
    const known = targetMac === '00:00:00:00:00:00' ? '' : ` (${targetMac})`
    return `Request who-has ${target}${known} tell ${sender}, length 28`
  }
  return op === 2 ? `Reply ${sender} is-at ${senderMac}, length 28` : `Unknown (${op})`
}

const FLAGS: readonly (readonly [number, string])[] = [
  [1, 'F'],
  [2, 'S'],
  [4, 'R'],
  [8, 'P'],
  [16, '.'],
  [32, 'U'],
  [64, 'E'],
  [128, 'W'],
  [256, 'e'],
]

export function flagWords(flags: number): string {
  return FLAGS.map(([bit, letter]) => (flags & bit ? letter : '')).join('') || 'none'
}

function tcp({ flags, seq, ack, window, length, mss, scale, sackOk, stamp }: Tcp): string {
  const end = length > 0 ? `:${(seq + length) % 0x1_0000_0000}` : ''
  // tcpdump leaves the sequence number of a bare ACK out.
  const number = length > 0 || flags & 7 ? `, seq ${seq}${end}` : ''
  const options = [
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(sackOk ? ['sackOK'] : []),
    ...(stamp === undefined ? [] : [`TS val ${stamp.value} ecr ${stamp.echo}`]),
    ...(scale === undefined ? [] : [`wscale ${scale}`]),
  ]
  const list = options.length === 0 ? '' : `, options [${options.join(',')}]`
  return `Flags [${flagWords(flags)}]${number}${flags & 16 ? `, ack ${ack}` : ''}, win ${window}${list}, length ${length}`
}

const AUTH_TYPES = ['none', 'simple', 'ah']

function vrrp(body: Vrrp, ip?: Ip): string {
  const { version, type, vrid, priority, authType, interval, vips, length, checksum, ah } = body
  if ((version !== 2 && version !== 3) || type !== 1) return `VRRPv${version}, unknown type ${type}, length ${length}`
  const ttl = ip === undefined || ip.ttl === 255 ? '' : `(ttl ${ip.ttl}), `
  const kind = authType === undefined ? '' : ` authtype ${AUTH_TYPES[authType] ?? `unknown (${authType})`},`
  const bad = checksum === 'bad' ? ', (bad vrrp cksum 0)' : ''
  return (
    `${ah ? 'AH(spi=0x00000000): ' : ''}VRRPv${version}, Advertisement, ${ttl}vrid ${vrid}, prio ${priority},${kind} intvl ${interval}${version === 3 ? 'cs' : 's'}, length ${length}` +
    `${bad}, addrs${vips.length === 1 ? '' : `(${vips.length})`}: ${vips.join(',')}`
  )
}

function icmp(body: Icmp): string {
  const { about, length, version } = body
  const quoted =
    about === undefined
      ? ''
      : ` [about ${end(about.ip, about.ip.src, about.sport)} > ${end(about.ip, about.ip.dst, about.dport)} proto ${about.ip.proto}]`
  return `${version === 6 ? 'ICMP6, ' : 'ICMP '}${icmpWords(body)}, length ${length}${quoted}`
}

function end({ proto }: Ip, ip: string, port: number | undefined): string {
  return port === undefined || (proto !== 6 && proto !== 17) ? ip : `${ip}.${port}`
}
