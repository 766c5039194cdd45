/** Conditions on addresses and interfaces. */
import { cidrOf, compareIp, inCidr, isIpv4, parseCidr } from '../../lib/ip.ts'
import type { Answer, FilterPacket, PacketView } from './packet.ts'

export function answer(value: boolean): Answer {
  return value ? 'yes' : 'no'
}

/** `-s`, `-d`: an address, a network or an address with any mask. */
export function matchAddress(ip: string | undefined, value: string | undefined): Answer {
  if (value === undefined) return 'unknown'
  if (value.endsWith('/0') && isIpv4(value.slice(0, -2))) return 'yes'
  if (ip === undefined || !isIpv4(value.split('/', 1)[0] ?? '')) return 'unknown'
  return answer(inCidr(ip, value))
}

/** `--src-range`, `--dst-range`: `first-last`, both included. */
export function matchRange(ip: string | undefined, value: string | undefined): Answer {
  const [first, last, more] = (value ?? '').split('-')
  if (first === undefined || last === undefined || more !== undefined) return 'unknown'
  if (ip === undefined || !isIpv4(first) || !isIpv4(last)) return 'unknown'
  return answer(compareIp(first, ip) <= 0 && compareIp(ip, last) <= 0)
}

/** `-i`, `-o`: a name, or `eth+` for every name that starts so. An alias (`eth0:1`) is no device and never matches. */
export function matchInterface(
  name: string | undefined,
  value: string | undefined,
  excluded: readonly string[] = [],
): Answer {
  if (value === undefined) return 'unknown'
  if (value === '+') return 'yes'
  if (name === undefined) return excluded.includes(value) ? 'no' : 'unknown'
  return answer(value.endsWith('+') ? name.startsWith(value.slice(0, -1)) : name === value)
}

/** `--pkt-type`: what the link layer said on the way in; on the way out every packet counts as unicast. */
export function matchPacketType(view: PacketView, value: string | undefined): Answer {
  if (value === undefined) return 'unknown'
  const type = view.leaving ? 'unicast' : packetType(view.packet)
  return type === undefined ? 'unknown' : answer(type === value.toLowerCase())
}

function packetType(packet: FilterPacket): string | undefined {
  if (packet.dstType !== undefined || packet.dst === undefined) return packet.dstType
  if (inCidr(packet.dst, '224.0.0.0/4')) return 'multicast'
  return isBroadcast(packet.dst, packet.local ?? []) ? 'broadcast' : 'unicast'
}

/** `--dst-type`, `--src-type`: what the routing table `local` says the address is (inet_addr_type). */
export function matchAddressType(
  ip: string | undefined,
  local: readonly string[] | undefined,
  values: string | undefined,
): Answer {
  if (ip === undefined || values === undefined) return 'unknown'
  const answers = values.split(',').map((type) => isType(ip, local, type.toUpperCase()))
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
}

function isType(ip: string, local: readonly string[] | undefined, type: string): Answer {
  if (!['LOCAL', 'BROADCAST', 'MULTICAST', 'UNICAST', 'ANYCAST', 'UNSPEC'].includes(type)) return 'unknown'
  const is = addressType(ip, local)
  return is === undefined
    ? type === 'LOCAL' || type === 'UNICAST' || type === 'BROADCAST'
      ? 'unknown'
      : 'no'
    : answer(is === type)
}

function addressType(ip: string, local: readonly string[] | undefined): string | undefined {
  if (inCidr(ip, '224.0.0.0/4')) return 'MULTICAST'
  if (inCidr(ip, '127.0.0.0/8')) return 'LOCAL'
  if (ip === '255.255.255.255' || inCidr(ip, '0.0.0.0/8')) return 'BROADCAST'
  if (local === undefined) return undefined
  if (local.some((own) => own.split('/', 1)[0] === ip)) return 'LOCAL'
  return isBroadcast(ip, local) ? 'BROADCAST' : 'UNICAST'
}

/** The last address of a network of ours; networks of one or two addresses have none. */
function isBroadcast(ip: string, local: readonly string[]): boolean {
  if (ip === '255.255.255.255') return true
  return local.some((own) => {
    const cidr = parseCidr(own)
    if (cidr === undefined || cidr.prefix > 30 || !inCidr(ip, own)) return false
    const above = nextAddress(ip)
    return above === undefined || cidrOf(above, cidr.prefix) !== cidrOf(ip, cidr.prefix)
  })
}

/** undefined after 255.255.255.255. */
function nextAddress(ip: string): string | undefined {
  const next = ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0) + 1
  return next > 0xffffffff ? undefined : [24, 16, 8, 0].map((shift) => (next >>> shift) & 255).join('.')
}
