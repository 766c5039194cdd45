/** IP addresses as canonical strings: IPv4 by plain arithmetic because it is asked often, IPv6 through ipaddr.js. */
import ipaddr from 'ipaddr.js'
import { isPlainIpv6 } from './plain-ipv6.ts'

export interface Cidr {
  /** As written, host bits kept, canonical spelling. */
  readonly ip: string
  readonly prefix: number
}

/** The longest IPv6 text, an embedded IPv4 address included, has 45 characters. */
const LONGEST = 45

/** Four decimal octets as an unsigned 32-bit number. Leading zeros are refused: `010` is 8 to some programs and 10 to others. */
function ipv4Number(text: string): number | undefined {
  let value = 0
  let octet = -1
  let dots = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46) {
      if (octet < 0 || ++dots > 3) return undefined
      value = value * 256 + octet
      octet = -1
    } else {
      if (code < 48 || code > 57 || octet === 0) return undefined
      octet = (octet < 0 ? 0 : octet * 10) + code - 48
      if (octet > 255) return undefined
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : undefined
}

function ipv4Text(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** A zone (`fe80::1%eth0`) is not part of an address here; callers take it off. */
function ipv6Of(text: string): ipaddr.IPv6 | undefined {
  if (text.length > LONGEST || !text.includes(':') || text.includes('%')) return undefined
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined
}

/** Canonical spelling (RFC 5952 for IPv6), or undefined when it is not an address: no short forms, no octal, no zone. */
export function parseIp(text: string): string | undefined {
  if (ipv4Number(text) !== undefined || isPlainIpv6(text)) return text
  return ipv6Of(text)?.toRFC5952String()
}

export function isIpv4(text: string): boolean {
  return ipv4Number(text) !== undefined
}

export function isIpv6(text: string): boolean {
  return isPlainIpv6(text) || ipv6Of(text) !== undefined
}

/** Prefix length of a dotted netmask; undefined when its ones are not contiguous or it is no mask at all. */
export function maskPrefix(mask: string): number | undefined {
  const value = ipv4Number(mask)
  if (value === undefined) return undefined
  const ones = Math.clz32(~value)
  return maskNumber(ones) === value ? ones : undefined
}

function maskNumber(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0
}

/** `10.0.0.1/24`, `10.0.0.1/255.255.255.0`, `fe80::1/64`; a bare address is its own /32 or /128. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const ip = parseIp(slash < 0 ? text : text.slice(0, slash))
  if (ip === undefined) return undefined
  const widest = isIpv4(ip) ? 32 : 128
  if (slash < 0) return { ip, prefix: widest }
  const tail = text.slice(slash + 1)
  const prefix = /^\d{1,3}$/.test(tail) ? Number(tail) : widest === 32 ? maskPrefix(tail) : undefined
  return prefix === undefined || prefix > widest ? undefined : { ip, prefix }
}

/** Prefix length of a CIDR text: 24 for `10.0.0.0/24`, 32 or 128 for a bare address. */
export function prefixLength(cidr: string): number | undefined {
  return parseCidr(cidr)?.prefix
}

/** Network of an address, written `network/prefix`; undefined when either does not make sense. */
export function cidrOf(ip: string, prefix: number): string | undefined {
  const v4 = ipv4Number(ip)
  if (!Number.isInteger(prefix) || prefix < 0) return undefined
  if (v4 !== undefined) return prefix > 32 ? undefined : `${ipv4Text((v4 & maskNumber(prefix)) >>> 0)}/${prefix}`
  const v6 = ipv6Of(ip)
  if (v6 === undefined || prefix > 128) return undefined
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${v6.toRFC5952String()}/${prefix}`).toRFC5952String()}/${prefix}`
}

/**
 * Does the address lie in the network? `cidr` may have host bits, a dotted mask (contiguous or not, as iptables prints it)
 * or no mask at all. Other family or nonsense: false.
 */
export function inCidr(ip: string, cidr: string): boolean {
  const slash = cidr.indexOf('/')
  const base = slash < 0 ? cidr : cidr.slice(0, slash)
  const tail = slash < 0 ? undefined : cidr.slice(slash + 1)
  const address = ipv4Number(ip)
  if (address !== undefined) {
    const network = ipv4Number(base)
    const mask = tail === undefined ? 0xffffffff : maskOf(tail)
    return network !== undefined && mask !== undefined && ((address ^ network) & mask) === 0
  }
  const address6 = ipv6Of(ip)
  const network6 = ipv6Of(base)
  const prefix = parseCidr(cidr)?.prefix
  return address6 !== undefined && network6 !== undefined && prefix !== undefined && address6.match(network6, prefix)
}

function maskOf(tail: string): number | undefined {
  if (!/^\d{1,2}$/.test(tail)) return ipv4Number(tail)
  const prefix = Number(tail)
  return prefix > 32 ? undefined : maskNumber(prefix)
}

/** Are both addresses in one network of this prefix length? */
export function sameSubnet(a: string, b: string, prefix: number): boolean {
  const network = cidrOf(a, prefix)
  return network !== undefined && network === cidrOf(b, prefix)
}

/** Sort order: IPv4 before IPv6, each by value; what is no address comes last, by text. */
export function compareIp(a: string, b: string): number {
  const left = ipv4Number(a)
  const right = ipv4Number(b)
  if (left !== undefined && right !== undefined) return left - right
  if (left !== undefined) return -1
  if (right !== undefined) return 1
  return compareText(sortKey(a), sortKey(b))
}

/** Big-endian hexadecimal, so that comparing text compares values; `z` sorts after every digit. */
function sortKey(text: string): string {
  const v6 = ipv6Of(text)
  if (v6 === undefined) return `z${text}`
  return v6.parts.map((part) => part.toString(16).padStart(4, '0')).join('')
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
