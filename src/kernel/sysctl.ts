/** Effective per-interface values: how the kernel combines `conf.all` with `conf.X` (include/linux/inetdevice.h). */
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { Sysctl } from '../model/facts.ts'

/** IN_DEV_MAXCONF: the larger of the two. */
const MAX = ['rp_filter', 'arp_ignore', 'arp_announce', 'arp_accept', 'arp_notify'] as const
/** IN_DEV_ORCONF: on where either is. */
const OR = [
  'accept_local',
  'arp_filter',
  'drop_gratuitous_arp',
  'ignore_routes_with_linkdown',
  'log_martians',
  'promote_secondaries',
  'proxy_arp',
  'route_localnet',
  'secure_redirects',
  'send_redirects',
  'shared_media',
  'src_valid_mark',
] as const
/** IN_DEV_ANDCONF: on where both are. */
const AND = ['accept_source_route', 'bootp_relay', 'mc_forwarding'] as const
/** IN_DEV_CONF_GET: the interface alone; `all.forwarding` is only a switch that writes to every interface when it changes. */
const OWN = ['forwarding', 'proxy_arp_pvlan', 'disable_policy', 'disable_xfrm'] as const

export type SysctlKey =
  | (typeof MAX)[number]
  | (typeof OR)[number]
  | (typeof AND)[number]
  | (typeof OWN)[number]
  | 'accept_redirects'

export interface Effective {
  /** undefined: one half is not known and the other does not settle it. */
  readonly value?: number
  /** What it is at the least. */
  readonly atLeast: number
  readonly cites: NonEmpty<Cite>
}

export interface SysctlNumber {
  readonly value: number
  readonly at: Cite
}

const LARGEST: Readonly<Record<string, number>> = { rp_filter: 2, arp_ignore: 8, arp_announce: 2 }

/** A single key as a whole number; undefined when it was not read or is no number. */
export function sysctlNumber(sysctl: Sysctl, key: string): SysctlNumber | undefined {
  const entry = sysctl.entries.get(key)
  if (entry === undefined || !/^-?\d{1,10}$/.test(entry.value.trim())) return undefined
  return { value: Number(entry.value), at: entry.at }
}

/** Those of the keys that were read, to go back to. */
export function valuesNow(sysctl: Sysctl, keys: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const now = sysctlNumber(sysctl, key)
      return now === undefined ? [] : [[key, now.value]]
    }),
  )
}

/** Key of a per-interface value; a dot in the name is written `/`, as sysctl(8) does. */
export function confKey(dev: string, key: string): string {
  return `net.ipv4.conf.${dev.replaceAll('.', '/')}.${key}`
}

/**
 * Value in force on an interface, with the lines it comes from: the deciding one first.
 * `dev` is the interface that receives (rp_filter, arp_ignore, forwarding) or sends (arp_announce, send_redirects).
 * undefined: nothing is known about it at all.
 */
export function effective(sysctl: Sysctl, key: SysctlKey, dev: string): Effective | undefined {
  const own = sysctlNumber(sysctl, confKey(dev, key))
  if (isOneOf(OWN, key)) return own === undefined ? undefined : { ...exactly(own.value), cites: [own.at] }
  const all = sysctlNumber(sysctl, confKey('all', key))
  const known = [own, all].filter((half) => half !== undefined)
  const [value, atLeast] = combine(sysctl, key, dev, known)
  const decisive = value ?? atLeast
  const cites = known.sort((a, b) => Number(b.value === decisive) - Number(a.value === decisive)).map(({ at }) => at)
  if (!isNonEmpty(cites)) return undefined
  return value === undefined ? { atLeast, cites } : { ...exactly(value), cites }
}

function combine(
  sysctl: Sysctl,
  key: SysctlKey,
  dev: string,
  known: readonly SysctlNumber[],
): readonly [value: number | undefined, atLeast: number] {
  const values = known.map(({ value }) => value)
  const complete = known.length === 2
  if (isOneOf(MAX, key)) {
    const most = Math.max(0, ...values)
    return [complete || most >= (LARGEST[key] ?? 1) ? most : undefined, most]
  }
  const on = values.some((value) => value !== 0)
  const off = values.includes(0)
  const or = on ? 1 : complete ? 0 : undefined
  const and = off ? 0 : complete ? 1 : undefined
  if (key !== 'accept_redirects') {
    const value = isOneOf(AND, key) ? and : or
    return [value, value ?? 0]
  }
  // A router believes redirects only where both agree, a host where either says so (IN_DEV_RX_REDIRECTS).
  const forwards = sysctlNumber(sysctl, confKey(dev, 'forwarding'))
  const value = forwards === undefined ? (or === and ? or : undefined) : forwards.value !== 0 ? and : or
  return [value, value ?? 0]
}

function exactly(value: number): Pick<Effective, 'value' | 'atLeast'> {
  return { value, atLeast: value }
}

function isOneOf<T extends string>(list: readonly T[], key: string): key is T {
  return (list as readonly string[]).includes(key)
}
