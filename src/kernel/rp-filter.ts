/** Reverse path check: does the kernel believe the source address? (fib_validate_source) */
import { inCidr } from '../lib/ip.ts'
import type { Cite } from '../model/evidence.ts'
import type { Links, PolicyRule, PolicyRules, Route, Routes, Sysctl } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'
import { type Routed, route } from './route.ts'
import { DEFAULT_RULES } from './route-rules.ts'
import { inetAddresses } from './route-source.ts'
import { type Effective, effective } from './sysctl.ts'

export interface ReverseFacts {
  readonly routes: Routes
  readonly rules?: PolicyRules
  readonly sysctl: Sysctl
  readonly links: Links
}

/** A packet as it arrives. */
export interface Arrival {
  readonly src: string
  readonly dst: string
  /** Receiving interface: tunl0 for what a tunnel unpacks, bond0.10 for a VLAN. */
  readonly in: string
  /** Interface it will be forwarded by; left out: it is for this host. */
  readonly out?: string
  /** Counts only with src_valid_mark. */
  readonly mark?: number
}

export type ReverseReason =
  /** rp_filter is 0 and the source is somebody else's. */
  | 'off'
  /** The way back leaves by the interface it came in by. */
  | 'same-way'
  /** Strict, and the way back leaves elsewhere. */
  | 'other-way'
  /** Loose, and there is some way back. */
  | 'some-way'
  | 'no-way-back'
  /** Loose, but the receiving interface has no IPv4 address: then only the same way back helps (`no_addr`). */
  | 'no-address'
  /** The source is an address of this host and accept_local is 0. */
  | 'source-is-local'
  /** The source can be none: multicast, broadcast or loopback. */
  | 'martian'
  | 'mode-unknown'
  | 'route-unknown'
  | 'accept-local-unknown'
  /** Loose, and the receiving interface is not in the listing of addresses. */
  | 'address-unknown'

export interface Reverse {
  readonly passes: Answer
  /** Effective rp_filter; undefined: not known. */
  readonly mode: 0 | 1 | 2 | undefined
  readonly because: ReverseReason
  /** The deciding lines: sysctl first, then the route back. */
  readonly cites: readonly Cite[]
  /** Where an answer to the source would go. */
  readonly back: Routed
}

type Ruling = Pick<Reverse, 'passes' | 'because'>

/**
 * Does the packet pass? The reverse look-up swaps the addresses, so `ip rule from VIP` counts for packets to the VIP.
 * Where the mode is not known the answer is certain only if every possible mode gives the same.
 */
export function reversePath(facts: ReverseFacts, packet: Arrival): Reverse {
  const { routes, rules, sysctl, links } = facts
  const rp = effective(sysctl, 'rp_filter', packet.in)
  const acceptsLocal = effective(sysctl, 'accept_local', packet.in)
  const usesMark = effective(sysctl, 'src_valid_mark', packet.in)?.value === 1
  const group = inCidr(packet.dst, '224.0.0.0/4') || packet.dst === '255.255.255.255'
  const back = route(
    routes,
    rules,
    {
      // Multicast and broadcast are checked without a destination (ip_mc_validate_source).
      src: group ? '0.0.0.0' : packet.dst,
      dst: packet.src,
      iif: packet.out ?? 'lo',
      ...(usesMark && packet.mark !== undefined ? { mark: packet.mark } : {}),
    },
    links,
  )
  const receiving = links.links.find(({ name }) => name === packet.in)
  const seen: Seen = {
    packet,
    back,
    bare: receiving === undefined ? 'unknown' : inetAddresses(receiving).length === 0 ? 'yes' : 'no',
    isOwn: links.links.some((link) => inetAddresses(link).some(({ ip }) => ip === packet.src)),
    customRules: (rules?.rules.some(isCustom) ?? false) || routes.routes.some(isCustomLocal),
    acceptsLocal: acceptsLocal?.value,
    routesLoopback: effective(sysctl, 'route_localnet', packet.in)?.value === 1,
  }
  const rulings = possibleModes(rp).map((mode) => rule(mode, seen))
  const [first] = rulings
  const agreed = first !== undefined && rulings.every(({ passes }) => passes === first.passes)
  const ruling: Ruling = agreed ? first : { passes: 'unknown', because: 'mode-unknown' }
  const mode = modeOf(rp?.value)
  const decides = ruling.because === 'source-is-local' || ruling.because === 'accept-local-unknown' ? acceptsLocal : rp
  const backAt = back.at === undefined || ruling.because === 'off' ? [] : [back.at]
  return { ...ruling, mode, cites: [...(decides?.cites ?? []), ...backAt], back }
}

function modeOf(value: number | undefined): 0 | 1 | 2 | undefined {
  if (value === undefined) return undefined
  return value <= 0 ? 0 : value === 1 ? 1 : 2
}

function possibleModes(rp: Effective | undefined): readonly (0 | 1 | 2)[] {
  const known = modeOf(rp?.value)
  if (known !== undefined) return [known]
  return ([0, 1, 2] as const).filter((mode) => mode >= (rp?.atLeast ?? 0))
}

interface Seen {
  readonly packet: Arrival
  readonly back: Routed
  /** The receiving interface has no IPv4 address. */
  readonly bare: Answer
  /** Some interface has the source as its address. */
  readonly isOwn: boolean
  readonly customRules: boolean
  readonly acceptsLocal: number | undefined
  /** route_localnet; off where it was not read. */
  readonly routesLoopback: boolean
}

/** Sources that the kernel refuses whatever the routes say (ip_route_input_slow, ip_mc_validate_source). */
function isMartian({ src, dst }: Arrival, routesLoopback: boolean): boolean {
  if (inCidr(src, '224.0.0.0/4') || src === '255.255.255.255') return true
  if (inCidr(src, '127.0.0.0/8')) return !routesLoopback
  return inCidr(src, '0.0.0.0/8') && dst !== '255.255.255.255' && !inCidr(dst, '224.0.0.0/24')
}

function rule(mode: 0 | 1 | 2, { packet, back, bare, isOwn, customRules, acceptsLocal, routesLoopback }: Seen): Ruling {
  if (isMartian(packet, routesLoopback)) return no('martian')
  // Who asks for an address by DHCP has none yet: that is not looked up.
  if (inCidr(packet.src, '0.0.0.0/8')) return yes('off')
  // Without policy rules of its own, or with accept_local, mode 0 spares itself the look-up.
  const own = mode === 0 && !customRules ? isOwn : back.is === 'local'
  if (own && acceptsLocal === undefined) return { passes: 'unknown', because: 'accept-local-unknown' }
  if (own && acceptsLocal === 0) return no('source-is-local')
  if (mode === 0 && (!customRules || acceptsLocal === 1)) return yes('off')
  if (back.is === 'unknown') return mode === 0 && !isOwn ? yes('off') : unknown('route-unknown')
  if (back.is === 'broadcast' || back.is === 'multicast') return no('martian')
  if (mode === 0) return yes('off')
  if (back.is !== 'unicast' && back.is !== 'local') return no('no-way-back')
  if (back.hops.some(({ dev }) => dev === packet.in)) return yes('same-way')
  if (mode === 1) return no('other-way')
  if (bare === 'unknown') return unknown('address-unknown')
  return bare === 'yes' ? no('no-address') : yes('some-way')
}

/** A local route that no address made: it too makes the kernel look closer (fib_has_custom_local_routes). */
function isCustomLocal({ type, proto }: Route): boolean {
  return type === 'local' && proto !== 'kernel'
}

/** Rules besides the three that every kernel starts with. */
function isCustom({ priority, action, table, from, to, iif, oif, fwmark }: PolicyRule): boolean {
  const plain = [from, to, iif, oif, fwmark].every((selector) => selector === undefined)
  return !(
    plain &&
    action === 'lookup' &&
    DEFAULT_RULES.some((rule) => rule.priority === priority && rule.table === table)
  )
}

function yes(because: ReverseReason): Ruling {
  return { passes: 'yes', because }
}

function no(because: ReverseReason): Ruling {
  return { passes: 'no', because }
}

function unknown(because: ReverseReason): Ruling {
  return { passes: 'unknown', because }
}
