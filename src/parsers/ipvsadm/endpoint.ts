/** Addresses and numbers as ipvsadm and /proc/net/ip_vs print them. */
import { parseIp } from '../../lib/ip.ts'
import type { Endpoint, Protocol } from '../../model/facts.ts'

const PORT_MAX = 65_535

/** Names that `ipvsadm -L` prints without `-n`, as /etc/services has them everywhere. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['ftp', 21],
  ['ssh', 22],
  ['smtp', 25],
  ['domain', 53],
  ['http', 80],
  ['ntp', 123],
  ['snmp', 161],
  ['ldap', 389],
  ['https', 443],
  ['syslog', 514],
  ['mysql', 3306],
  ['postgresql', 5432],
  ['http-alt', 8080],
  ['webcache', 8080],
])

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : PORTS.get(text)
  return port === undefined || port > PORT_MAX ? undefined : port
}

/** `192.168.10.100:80`, `[2001:db8::1]:80`. Host names (printed without `-n`) give `undefined`. */
export function readEndpoint(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(':')
  const port = colon < 0 ? undefined : readPort(text.slice(colon + 1))
  const bracketed = text.startsWith('[') && text[colon - 1] === ']'
  const ip = parseIp(bracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(0, colon)))
  if (ip === undefined || port === undefined || bracketed !== ip.includes(':')) return undefined
  return { ip, port }
}

/** `C0A80A64:0050` and `[2001:0db8:…:0001]:0050`: the kernel's own listing writes address and port in hex. */
export function readHexEndpoint(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(':')
  const ip = text.slice(0, Math.max(0, colon))
  return readKernelEndpoint(ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip, text.slice(colon + 1))
}

/** Eight hex digits or eight groups of four, in network order, and four hex digits of a port. */
export function readKernelEndpoint(address: string, port: string): Endpoint | undefined {
  if (!/^[0-9A-F]{4}$/.test(port)) return undefined
  const ip = /^[0-9A-F]{8}$/.test(address) ? hexIpv4(address) : address.length === 39 ? parseIp(address) : undefined
  return ip === undefined ? undefined : { ip, port: Number.parseInt(port, 16) }
}

function hexIpv4(digits: string): string {
  return [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)).join('.')
}

export function readProtocol(word: string): Protocol | undefined {
  const lower = word.toLowerCase()
  return lower === 'tcp' || lower === 'udp' || lower === 'sctp' ? lower : undefined
}

/** `TCP 10.0.0.1:80` or `FWM 8 [IPv6]` at the start of the words of a service line, and how many words that took. */
export interface ServiceName {
  readonly name:
    | { readonly protocol: Protocol; readonly vip: string; readonly port: number }
    | { readonly fwmark: number }
  readonly words: number
}

export function readServiceName(words: readonly string[], hex: boolean): ServiceName | undefined {
  const [kind = '', which = ''] = words
  if (kind === 'FWM') {
    if (!(hex ? /^[0-9A-F]{8}$/ : /^\d{1,10}$/).test(which)) return undefined
    return { name: { fwmark: Number.parseInt(which, hex ? 16 : 10) }, words: words[2] === 'IPv6' ? 3 : 2 }
  }
  const protocol = readProtocol(kind)
  const at = hex ? readHexEndpoint(which) : readEndpoint(which)
  return protocol === undefined || at === undefined
    ? undefined
    : { name: { protocol, vip: at.ip, port: at.port }, words: 2 }
}
