/** What an ICMP message says, in tcpdump's words (print-icmp.c, print-icmp6.c): the checks know those. */
import type { Icmp } from './frame.ts'
import { ip4Of } from './text.ts'

/** Behind `host X unreachable`, by code. */
const REASONS: Readonly<Record<number, string>> = {
  5: ' - source route failed',
  9: ' - admin prohibited',
  10: ' - admin prohibited',
  11: ' - tos prohibited',
  12: ' - tos prohibited',
  13: ' - admin prohibited filter',
  14: ' - host precedence violation',
  15: ' - precedence cutoff',
}

export function icmpWords(icmp: Icmp): string {
  return icmp.version === 6 ? words6(icmp) : words4(icmp)
}

function words4({ type, code, rest, about }: Icmp): string {
  const dst = about?.ip.dst ?? 'unknown'
  if (type === 0) return `echo reply, id ${rest >>> 16}, seq ${rest & 0xffff}`
  if (type === 8) return `echo request, id ${rest >>> 16}, seq ${rest & 0xffff}`
  if (type === 3) return unreachable(code, rest, dst, about)
  if (type === 5) return `redirect ${dst} to ${code & 1 ? 'host' : 'net'} ${ip4Of(rest)}`
  if (type === 11) return code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded'
  return type === 12 ? 'parameter problem' : `type-#${type}`
}

function unreachable(code: number, rest: number, dst: string, about: Icmp['about']): string {
  if (code === 0) return `net ${dst} unreachable`
  if (code === 2) return `${dst} protocol ${about?.ip.proto ?? 0} unreachable`
  if (code === 3) return portUnreachable(dst, about)
  if (code === 4) return `${dst} unreachable - need to frag${(rest & 0xffff) === 0 ? '' : ` (mtu ${rest & 0xffff})`}`
  if (code === 5) return `${dst} unreachable${REASONS[5]}`
  if (code === 6 || code === 9 || code === 11) return `net ${dst} unreachable${REASONS[code] ?? ' - unknown'}`
  return `host ${dst} unreachable${REASONS[code] ?? (code === 1 ? '' : ' - unknown')}`
}

function portUnreachable(dst: string, about: Icmp['about']): string {
  const proto = about?.ip.proto ?? 0
  const port = about?.dport
  const name = proto === 6 ? 'tcp' : proto === 17 ? 'udp' : `protocol ${proto}`
  return `${dst} ${name} port ${port ?? 0} unreachable`
}

const NAMES: Readonly<Record<number, string>> = {
  128: 'echo request',
  129: 'echo reply',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
  137: 'redirect',
}

function words6({ type, code, rest, about }: Icmp): string {
  const dst = about?.ip.dst ?? 'unknown'
  if (type === 128 || type === 129) return `${NAMES[type]}, id ${rest >>> 16}, seq ${rest & 0xffff}`
  if (type === 1) {
    if (code === 0) return `destination unreachable, unreachable route ${dst}`
    if (code === 1) return `destination unreachable, unreachable prohibited ${dst}`
    return code === 4
      ? `destination unreachable, unreachable port, ${dst} ${about?.ip.proto === 6 ? 'tcp' : 'udp'} port ${about?.dport ?? 0}`
      : `destination unreachable, unreachable address ${dst}`
  }
  if (type === 2) return `packet too big, mtu ${rest}`
  if (type === 3) return code === 0 ? `time exceeded in-transit for ${dst}` : 'ip reassembly time exceeded'
  return NAMES[type] ?? `type-#${type}`
}
