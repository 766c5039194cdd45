/** Conditions of nft, as kernel/nft translates them: an option with any number of values, of which one has to fit. */
import { isIpv4 } from '../../lib/ip.ts'
import type { FilterMatch } from '../../model/facts.ts'
import { answer, matchAddress, matchAddressType, matchInterface, matchPacketType, matchRange } from './match-address.ts'
import { aboveLimit, belowLimit, matchMac, matchMark, matchState } from './match-state.ts'
import { matchIcmpType, matchPorts, matchProtocol, matchTcpFlags } from './match-transport.ts'
import type { Answer, PacketView } from './packet.ts'
import { decimal } from './protocols.ts'

/** `not` is the caller's. An option that is not known cannot be decided. */
export function matchNft(view: PacketView, { option, values }: FilterMatch): Answer {
  const { packet } = view
  switch (option) {
    case 'iifname':
      return any(values, (name) => matchInterface(view.in, wild(name), packet.notIn))
    case 'oifname':
      return any(values, (name) => matchInterface(view.out, wild(name), packet.notOut))
    case 'ip saddr':
      return any(values, (value) => address(packet.src, value))
    case 'ip daddr':
      return any(values, (value) => address(packet.dst, value))
    case 'l4proto':
      return any(values, (value) => matchProtocol(packet.protocol, value))
    case 'nfproto':
      return answer(values.includes('ipv4'))
    case 'sport':
      return any(values, (value) => matchPorts(packet.protocol, [packet.sport], value.replace('-', ':')))
    case 'dport':
      return any(values, (value) => matchPorts(packet.protocol, [packet.dport], value.replace('-', ':')))
    case 'mark':
      return any(values, (value) => matchMark(view, [value]))
    case 'ct state':
      return matchState(view, values)
    case 'pkttype':
      return any(values, (value) => matchPacketType(view, value === 'host' ? 'unicast' : value))
    case 'fib daddr type':
      return any(values, (value) => matchAddressType(packet.dst, packet.local, value))
    case 'fib saddr type':
      return any(values, (value) => matchAddressType(packet.src, packet.local, value))
    case 'icmp type':
      return any(values, (value) => matchIcmpType(packet, value))
    case 'icmp code':
      return any(values, (value) => code(packet.icmpCode, value))
    case 'ether saddr':
      return any(values, (value) => matchMac(view, [value]))
    case 'ip frag-off':
      // The packet asked about is never a later fragment: its offset is 0, whatever the mask.
      return any(values, (value) =>
        /^0\//.test(value) ? 'yes' : /^0x0*1fff\/|^\d+\/8191$/.test(value) ? 'no' : 'unknown',
      )
    case 'tcp flags':
      return matchTcpFlags(packet, values)
    default:
      if (option.startsWith('limit rate over ')) return aboveLimit(packet)
      return option.startsWith('limit rate ') ? belowLimit(packet) : 'unknown'
  }
}

/** No value at all, as in an empty set: nothing fits. */
function any(values: readonly string[], fits: (value: string) => Answer): Answer {
  let doubt = false
  for (const value of values) {
    const is = fits(value)
    if (is === 'yes') return 'yes'
    doubt ||= is === 'unknown'
  }
  return doubt ? 'unknown' : 'no'
}

/** `10.0.0.1`, `10.0.0.0/24`, `10.0.0.1-10.0.0.9`. IPv6 never fits an IPv4 packet. */
function address(ip: string | undefined, value: string): Answer {
  if (value.includes(':')) return 'no'
  if (value.includes('-')) return matchRange(ip, value)
  return isIpv4(value) ? matchAddress(ip, `${value}/32`) : matchAddress(ip, value)
}

function wild(name: string): string {
  return name.endsWith('*') ? `${name.slice(0, -1)}+` : name
}

function code(known: number | undefined, value: string): Answer {
  const wanted = decimal(value, 255)
  return known === undefined || wanted === undefined ? 'unknown' : answer(known === wanted)
}
