/** Addresses as keepalived's inet_stosockaddr() and parse_ipaddress() take them. */
import { isIpv4, isIpv6 } from '../../lib/ip.ts'
import { unsignedFault } from './numbers.ts'

export type Family = 4 | 6

/** What follows the first `-`, or else `/`, is cut off before it is looked at. */
export function socketFamily(text: string): Family | undefined {
  const dash = text.indexOf('-')
  const end = dash >= 0 ? dash : text.indexOf('/')
  return familyOf(end < 0 ? text : text.slice(0, end))
}

export function familyOf(text: string): Family | undefined {
  if (isIpv4(text)) return 4
  return isIpv6(text) ? 6 : undefined
}

export function isMulticast(text: string): boolean {
  const family = socketFamily(text)
  const first = Number.parseInt(text, 10)
  return family === 4 ? first >= 224 && first < 240 : family === 6 && /^ff/i.test(text)
}

/** ff02::/16. */
export function isLinkLocalMulticast(text: string): boolean {
  return socketFamily(text) === 6 && /^ff.2:/i.test(text)
}

/** A port of 0, or none, is none; an absent argument too. */
export function isPort(text: string | undefined): boolean {
  return text === undefined || /^0*$/.test(text) || unsignedFault(text, 1, 65535) === undefined
}
