/** What an IP packet carries: TCP, VRRP, ICMP, UDP. */
import { be16, be32 } from './bytes.ts'
import { checksum, pseudo } from './checksum.ts'
import { ipAt } from './decode-ip.ts'
import type { Body, Icmp, Ip, Tcp, Vrrp } from './frame.ts'
import { ip4, ip6 } from './text.ts'

/** `length`: bytes behind the headers, as the IP header says. */
export function bodyOf(b: Uint8Array, at: number, ip: Ip, length: number): Body {
  if (ip.proto === 6) return tcpAt(b, at, length)
  if (ip.proto === 112) return vrrpAt(b, at, length, ip, false)
  if (ip.proto === 51 && b[at] === 112) {
    const header = ((b[at + 1] ?? 0) + 2) * 4
    return vrrpAt(b, at + header, length - header, ip, true)
  }
  if (ip.proto === 1 || ip.proto === 58) return icmpAt(b, at, length, ip.version)
  if (ip.proto !== 17) return { is: 'other' }
  if (at + 8 > b.length) return { is: 'cut', what: 'udp' }
  return { is: 'udp', sport: be16(b, at), dport: be16(b, at + 2), length: be16(b, at + 4) - 8 }
}

function tcpAt(b: Uint8Array, at: number, length: number): Body {
  if (at + 20 > b.length) return { is: 'cut', what: 'tcp' }
  const header = ((b[at + 12] as number) >> 4) << 2
  if (header < 20) return { is: 'other' }
  const tcp: { -readonly [K in keyof Tcp]: Tcp[K] } = {
    is: 'tcp',
    sport: be16(b, at),
    dport: be16(b, at + 2),
    seq: be32(b, at + 4) >>> 0,
    ack: be32(b, at + 8) >>> 0,
    flags: (((b[at + 12] as number) & 1) << 8) | (b[at + 13] as number),
    window: be16(b, at + 14),
    // A segment put together by the card before it was captured may say 0: its length is not known.
    length: Math.max(0, length - header),
    sackOk: false,
  }
  options(b, at + 20, Math.min(at + header, b.length), tcp)
  return tcp
}

function options(b: Uint8Array, from: number, end: number, tcp: { -readonly [K in keyof Tcp]: Tcp[K] }): void {
  for (let at = from; at < end; ) {
    const kind = b[at] as number
    if (kind === 0) return
    if (kind === 1) {
      at += 1
      continue
    }
    const size = b[at + 1] ?? 0
    if (size < 2 || at + size > end) return
    if (kind === 2 && size === 4) tcp.mss = be16(b, at + 2)
    else if (kind === 3 && size === 3) tcp.scale = b[at + 2] as number
    else if (kind === 4) tcp.sackOk = true
    else if (kind === 8 && size === 10) tcp.stamp = { value: be32(b, at + 2) >>> 0, echo: be32(b, at + 6) >>> 0 }
    at += size
  }
}

function vrrpAt(b: Uint8Array, at: number, length: number, ip: Ip, ah: boolean): Body {
  if (at + 8 > b.length) return { is: 'cut', what: 'vrrp' }
  const version = (b[at] as number) >> 4
  const count = b[at + 3] as number
  const size = ip.version === 6 ? 16 : 4
  const vips: string[] = []
  for (let i = 0; i < count && at + 8 + (i + 1) * size <= Math.min(b.length, at + length); i += 1)
    vips.push(size === 4 ? ip4(b, at + 8 + i * size) : ip6(b, at + 8 + i * size))
  const secret = at + 8 + count * size
  const whole = at + length <= b.length
  const vrrp: Vrrp = {
    is: 'vrrp',
    version,
    type: (b[at] as number) & 15,
    vrid: b[at + 1] as number,
    priority: b[at + 2] as number,
    ...(version === 3 ? {} : { authType: b[at + 4] as number }),
    interval: version === 3 ? be16(b, at + 4) & 0x0fff : (b[at + 5] as number),
    vips,
    ...(version === 2 && b[at + 4] === 1 && secret + 8 <= b.length ? { auth: password(b, secret) } : {}),
    length,
    ...(whole
      ? { checksum: checksum(b, at, length, version === 3 ? pseudo(ip, length) : 0) === 0 ? 'good' : 'bad' }
      : {}),
    ah,
  }
  return vrrp
}

function password(b: Uint8Array, at: number): string {
  let text = ''
  for (let i = at; i < at + 8 && b[i] !== 0; i += 1) {
    const code = b[i] as number
    text +=
      code > 0x20 && code < 0x7f && code !== 0x22 ? String.fromCharCode(code) : `\\${code.toString(8).padStart(3, '0')}`
  }
  return text
}

function icmpAt(b: Uint8Array, at: number, length: number, version: 4 | 6): Body {
  if (at + 8 > b.length) return { is: 'cut', what: 'icmp' }
  const type = b[at] as number
  const error = version === 6 ? type < 128 : type === 3 || type === 5 || type === 11 || type === 12
  const quoted = error ? ipAt(b, at + 8) : undefined
  const icmp: Icmp = {
    is: 'icmp',
    version,
    type,
    code: b[at + 1] as number,
    rest: be32(b, at + 4) >>> 0,
    length,
    ...(quoted === undefined ? {} : { about: { ip: quoted.ip, ...portsAt(b, quoted.next, quoted.ip) } }),
  }
  return icmp
}

/** For what is not TCP or UDP these are other fields; tcpdump calls them ports in `protocol 4 port 60 unreachable` all the same. */
function portsAt(b: Uint8Array, at: number, { proto, offset }: Ip): { sport?: number; dport?: number } {
  if (offset > 0 || at + 4 > b.length || proto === 1) return {}
  return { sport: be16(b, at), dport: be16(b, at + 2) }
}
