/** Addresses and numbers as ipvsadm and /proc/net/ip_vs print them. */
import { parseIp } from '../../lib/ip.ts'
import type { Endpoint, Protocol } from '../../model/facts.ts'

const PORT_MAX = 65_535

/** `192.168.10.100:80`, `[2001:db8::1]:80`. Names (`www:http`, printed without `-n`) give `undefined`. */
export function readEndpoint(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(':')
  if (colon < 0 || !/^\d{1,5}$/.test(text.slice(colon + 1))) return undefined
  const bracketed = text.startsWith('[') && text[colon - 1] === ']'
  const ip = parseIp(bracketed ? text.slice(1, colon - 1) : text.slice(0, colon))
  const port = Number(text.slice(colon + 1))
  if (ip === undefined || port > PORT_MAX || bracketed !== ip.includes(':')) return undefined
  return { ip, port }
}

/** `C0A80A64:0050` and `[2001:0db8:…:0001]:0050`: the kernel's own listing writes address and port in hex. */
export function readHexEndpoint(text: string): Endpoint | undefined {
  const ipv4 = /^([0-9A-F]{8}):([0-9A-F]{4})$/.exec(text)
  if (ipv4 !== null) return { ip: hexIpv4(ipv4[1] as string), port: Number.parseInt(ipv4[2] as string, 16) }
  const ipv6 = /^\[([0-9a-f:]{39})\]:([0-9A-F]{4})$/.exec(text)
  const ip = ipv6 === null ? undefined : parseIp(ipv6[1] as string)
  return ip === undefined ? undefined : { ip, port: Number.parseInt(ipv6?.[2] as string, 16) }
}

/** Eight hex digits in network order. */
export function hexIpv4(digits: string): string {
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
