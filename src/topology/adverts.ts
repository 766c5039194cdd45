/** The VRRP adverts a director must let in and out: one flow for each peer of each instance. */
import { isIpv4 } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Claim } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import { effectiveVrrp, type Speaker, sourceAddress, speakersOf, virtualRouters } from './vrrp.ts'

export interface AdvertFlow {
  /** undefined: no keepalived.conf was seen, this is what any director must hear. */
  readonly instance?: string
  readonly vips: readonly string[]
  /** 112, or 51 where authentication is AH: the advert then travels inside IPsec AH. */
  readonly protocol: 112 | 51
  /** Interface of the instance; undefined where the configuration was not seen. */
  readonly dev?: string
  readonly src?: string
  readonly dst?: string
  readonly peer?: HostId
  readonly unicast: boolean
  /** Who sends it has a lower priority: this node need not hear that one to stay MASTER (only once the roles turn). */
  readonly highest: boolean
  /** A known peer has a higher priority: as long as that one lives, this node sends nothing. */
  readonly outranked: boolean
}

const MULTICAST = '224.0.0.18'

/** Adverts that must reach `host`. */
export function advertsTo(host: Host, hosts: readonly Host[]): readonly AdvertFlow[] {
  const own = speakersOf([host])
  if (own.length === 0) return anyAdvert(host)
  return own.flatMap((speaker): readonly AdvertFlow[] => {
    const peers = peersOf(speaker, hosts)
    if (effectiveVrrp(speaker).unicast) return unicastTo(speaker, peers)
    const flow = { ...common(speaker, peers), unicast: false, dst: MULTICAST }
    if (peers.length === 0) return [flow]
    return [
      ...peers.map((peer) => ({ ...flow, highest: outranks(speaker, peer), peer: peer.host.id, ...srcOf(peer) })),
      ...unseen(host, hosts).map((id) => ({ ...flow, peer: id })),
    ]
  })
}

/** Other directors whose configuration was not seen: any of them may be a third node of the instance. */
function unseen(host: Host, hosts: readonly Host[]): readonly HostId[] {
  return hosts
    .filter(
      ({ id, roles, facts }) => id !== host.id && roles.director.is === 'yes' && facts.keepalived.state !== 'known',
    )
    .map(({ id }) => id)
}

/** What any node of VRRP must hear and send; nothing where a configuration was seen that has no instance. */
function anyAdvert({ facts }: Host): readonly AdvertFlow[] {
  if (facts.keepalived.state === 'known') return []
  return [{ vips: [], protocol: 112, dst: MULTICAST, unicast: false, highest: false, outranked: false }]
}

function outranks(a: Speaker, b: Speaker): boolean {
  return effectiveVrrp(a).priority > effectiveVrrp(b).priority
}

/** Adverts that `host` must be able to send. */
export function advertsFrom(host: Host, hosts: readonly Host[]): readonly AdvertFlow[] {
  const own = speakersOf([host])
  if (own.length === 0) return anyAdvert(host)
  return own.flatMap((speaker): readonly AdvertFlow[] => {
    const flow = { ...common(speaker, peersOf(speaker, hosts)), ...srcOf(speaker) }
    if (!effectiveVrrp(speaker).unicast) return [{ ...flow, unicast: false, dst: MULTICAST }]
    return speaker.instance.unicastPeers.map((peer) => ({ ...flow, unicast: true, dst: peer.value }))
  })
}

/** The family of an instance is that of its first VIP: with an IPv6 one, adverts go by ip6tables and not by iptables. */
export function overIpv4({ vips, dst, src }: AdvertFlow): boolean {
  return [vips[0], dst, src].every((ip) => ip === undefined || !ip.includes(':'))
}

/** Whom and what a finding on these adverts concerns. */
export function aboutAdverts(host: HostId, flows: readonly AdvertFlow[]): Claim['about'] {
  return {
    hosts: distinct([host, ...flows.map(({ peer }) => peer)]),
    vips: distinct(flows.flatMap(({ vips }) => vips)),
    instances: distinct(flows.map(({ instance }) => instance)),
  }
}

/** The same for adverts that `host` sends: every peer of their instances should hear them. */
export function aboutSent(host: Host, hosts: readonly Host[], flows: readonly AdvertFlow[]): Claim['about'] {
  const instances = new Set(flows.map(({ instance }) => instance))
  return aboutAdverts(host.id, [...flows, ...advertsTo(host, hosts).filter((to) => instances.has(to.instance))])
}

function distinct(words: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(words.filter((word) => word !== undefined))]
}

/** The advert as a rule of iptables asks for it. A peer is named only where it is an address: the file may hold anything. */
export function advertRule({ protocol, unicast, src, dst }: AdvertFlow, way: 'in' | 'out'): string {
  const peer = way === 'in' ? src : dst
  const named = unicast && peer !== undefined && isIpv4(peer) ? ` -${way === 'in' ? 's' : 'd'} ${peer}` : ''
  return `-p ${protocol === 51 ? 'ah' : 'vrrp'}${named}`
}

function unicastTo(speaker: Speaker, peers: readonly Speaker[]): readonly AdvertFlow[] {
  const own = sourceAddress(speaker)?.ip
  return speaker.instance.unicastPeers.map((word) => {
    const peer = peers.find((candidate) => sourceAddress(candidate)?.ip === word.value)
    return {
      ...common(speaker, peers),
      ...(peer === undefined ? {} : { highest: outranks(speaker, peer) }),
      unicast: true,
      src: word.value,
      ...(own === undefined ? {} : { dst: own }),
      ...(peer === undefined ? {} : { peer: peer.host.id }),
    }
  })
}

function common(
  speaker: Speaker,
  peers: readonly Speaker[],
): Pick<AdvertFlow, 'instance' | 'vips' | 'protocol' | 'dev' | 'highest' | 'outranked'> {
  const { instance } = speaker
  const { auth, priority } = effectiveVrrp(speaker)
  const dev = instance.interface?.value
  return {
    instance: instance.name,
    vips: instance.vips.map((vip) => vip.ip),
    protocol: auth.type === 'AH' ? 51 : 112,
    highest: peers.length > 0 && peers.every((peer) => outranks(speaker, peer)),
    outranked: peers.some((peer) => effectiveVrrp(peer).priority > priority),
    ...(dev === undefined ? {} : { dev }),
  }
}

function peersOf(speaker: Speaker, hosts: readonly Host[]): readonly Speaker[] {
  const router = virtualRouters(hosts).find((group) => group.speakers.some((s) => s.instance === speaker.instance))
  return router?.speakers.filter((s) => s.host.id !== speaker.host.id) ?? []
}

function srcOf(speaker: Speaker): { src?: string } {
  const src = sourceAddress(speaker)?.ip
  return src === undefined ? {} : { src }
}
