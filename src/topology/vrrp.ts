/** VRRP as the nodes of one virtual router speak it: which instances belong together, and what each effectively sends. */
import type { Host } from '../model/case.ts'
import type { Known } from '../model/evidence.ts'
import type { KeepalivedConf, Link, Secret, VrrpInstance } from '../model/facts.ts'
import { isBroadcastLink } from './addresses.ts'

export interface Speaker {
  readonly host: Host
  readonly conf: Known<KeepalivedConf>
  readonly instance: VrrpInstance
}

/** Instances of different hosts that are meant to be one virtual router. */
export interface VirtualRouter {
  readonly name: string
  readonly vips: readonly string[]
  readonly speakers: readonly Speaker[]
}

/** keepalived's defaults: priority 100, advert_int 1 s, version 2, state BACKUP. */
export const DEFAULT_PRIORITY = 100
/** Owner of the address (RFC 5798). `state MASTER` without a priority means it since 2.0 (vrrp_complete_instance). */
export const OWNER_PRIORITY = 255
export const DEFAULT_ADVERT_INT = 1

export function speakersOf(hosts: readonly Host[]): readonly Speaker[] {
  return hosts.flatMap((host) => {
    const conf = host.facts.keepalived
    return conf.state === 'known' ? conf.value.instances.map((instance) => ({ host, conf, instance })) : []
  })
}

/**
 * Belonging together: a VIP in common; without usable VIPs the same VRID; without that the same instance name. One instance a host.
 */
export function virtualRouters(hosts: readonly Host[]): readonly VirtualRouter[] {
  const groups: Speaker[][] = []
  for (const speaker of speakersOf(hosts)) {
    const group = groups.find(
      (members) => members.every((m) => m.host.id !== speaker.host.id) && members.some((m) => together(m, speaker)),
    )
    if (group) group.push(speaker)
    else groups.push([speaker])
  }
  return groups.flatMap((speakers) => {
    const [first] = speakers
    if (!first) return []
    const vips = [...new Set(speakers.flatMap((s) => s.instance.vips.map((vip) => vip.ip)))]
    return [{ name: first.instance.name, vips, speakers }]
  })
}

function together(a: Speaker, b: Speaker): boolean {
  const vips = new Set(a.instance.vips.map((vip) => vip.ip))
  if (b.instance.vips.some((vip) => vips.has(vip.ip))) return true
  if (a.instance.vips.length > 0 && b.instance.vips.length > 0)
    return a.instance.vrid?.value === b.instance.vrid?.value && sameNet(a, b)
  const vrid = a.instance.vrid?.value
  return vrid !== undefined ? vrid === b.instance.vrid?.value : a.instance.name === b.instance.name
}

/** Same VRID with different VIPs is one router only where the interfaces share a subnet; elsewhere it is a coincidence. */
function sameNet(a: Speaker, b: Speaker): boolean {
  const left = sourceAddress(a)
  const right = sourceAddress(b)
  return left !== undefined && right !== undefined && left.net === right.net
}

export interface SourceAddress {
  readonly ip: string
  /** Network of the interface, as `a.b.c/len` text that compares equal for one subnet. */
  readonly net: string
}

/** Where adverts come from: unicast_src_ip, else the first primary IPv4 address of the interface. */
export function sourceAddress(speaker: Speaker): SourceAddress | undefined {
  const link = interfaceOf(speaker)
  const vips = new Set(speaker.instance.vips.map((vip) => vip.ip))
  const primary = link?.addresses.find((a) => a.family === 'inet' && !a.secondary && !vips.has(a.ip))
  const ip = speaker.instance.unicastSrc?.value ?? primary?.ip
  if (ip === undefined) return undefined
  return { ip, net: primary ? network(primary.ip, primary.prefix) : ip }
}

export function interfaceOf(speaker: Speaker): Link | undefined {
  const name = speaker.instance.interface?.value
  const links = speaker.host.facts.links
  if (name === undefined || links.state !== 'known') return undefined
  return links.value.links.find((link) => link.name === name && isBroadcastLink(link))
}

function network(ip: string, prefix: number): string {
  const bits = ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const size = 2 ** (32 - prefix)
  return `${Math.floor(bits / size) * size}/${prefix}`
}

export interface EffectiveVrrp {
  readonly version: 2 | 3
  readonly priority: number
  /** Seconds. */
  readonly advertInt: number
  readonly unicast: boolean
  /** VRRPv3 and strict mode send none, whatever is configured. */
  readonly auth: { readonly type: 'none' | 'PASS' | 'AH'; readonly pass?: Secret }
}

export function effectiveVrrp({ conf, instance }: Pick<Speaker, 'conf' | 'instance'>): EffectiveVrrp {
  // The first address decides the family. An IPv6 instance is version 3 whatever vrrp_version says.
  const overIpv6 = instance.vips[0]?.ip.includes(':') === true
  const version = instance.version?.value ?? (overIpv6 ? 3 : (conf.value.globals.vrrpVersion?.value ?? 2))
  const unwritten = instance.state?.value === 'MASTER' ? OWNER_PRIORITY : DEFAULT_PRIORITY
  const strict = instance.strict ?? conf.value.globals.strict !== undefined
  const type = instance.authType?.value.toUpperCase()
  const none = version === 3 || strict || type === undefined
  return {
    version: version === 3 ? 3 : 2,
    priority: instance.priority?.value ?? unwritten,
    advertInt: instance.advertInt?.value ?? DEFAULT_ADVERT_INT,
    unicast: instance.unicastPeers.length > 0,
    auth: none
      ? { type: 'none' }
      : { type: type === 'AH' ? 'AH' : 'PASS', ...(instance.authPass ? { pass: instance.authPass } : {}) },
  }
}
