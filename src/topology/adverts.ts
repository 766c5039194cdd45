/** The VRRP adverts a director must let in and out: one flow for each peer of each instance. */
import type { Host } from '../model/case.ts'
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
  /** Every known peer has a lower priority: this node need not hear them to stay MASTER (only once the roles turn). */
  readonly highest: boolean
}

const MULTICAST = '224.0.0.18'

/** Adverts that must reach `host`. */
export function advertsTo(host: Host, hosts: readonly Host[]): readonly AdvertFlow[] {
  const own = speakersOf([host])
  if (own.length === 0) return [{ vips: [], protocol: 112, dst: MULTICAST, unicast: false, highest: false }]
  return own.flatMap((speaker): readonly AdvertFlow[] => {
    const peers = peersOf(speaker, hosts)
    if (effectiveVrrp(speaker).unicast) return unicastTo(speaker, peers)
    const flow = { ...common(speaker, peers), unicast: false, dst: MULTICAST }
    if (peers.length === 0) return [flow]
    return peers.map((peer) => ({ ...flow, peer: peer.host.id, ...srcOf(peer) }))
  })
}

/** Adverts that `host` must be able to send. */
export function advertsFrom(host: Host, hosts: readonly Host[]): readonly AdvertFlow[] {
  const own = speakersOf([host])
  if (own.length === 0) return [{ vips: [], protocol: 112, dst: MULTICAST, unicast: false, highest: false }]
  return own.flatMap((speaker): readonly AdvertFlow[] => {
    const flow = { ...common(speaker, peersOf(speaker, hosts)), ...srcOf(speaker) }
    if (!effectiveVrrp(speaker).unicast) return [{ ...flow, unicast: false, dst: MULTICAST }]
    return speaker.instance.unicastPeers.map((peer) => ({ ...flow, unicast: true, dst: peer.value }))
  })
}

function unicastTo(speaker: Speaker, peers: readonly Speaker[]): readonly AdvertFlow[] {
  const own = sourceAddress(speaker)?.ip
  return speaker.instance.unicastPeers.map((word) => {
    const peer = peers.find((candidate) => sourceAddress(candidate)?.ip === word.value)
    return {
      ...common(speaker, peers),
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
): Pick<AdvertFlow, 'instance' | 'vips' | 'protocol' | 'dev' | 'highest'> {
  const { instance } = speaker
  const { auth, priority } = effectiveVrrp(speaker)
  const dev = instance.interface?.value
  return {
    instance: instance.name,
    vips: instance.vips.map((vip) => vip.ip),
    protocol: auth.type === 'AH' ? 51 : 112,
    highest: peers.length > 0 && peers.every((peer) => effectiveVrrp(peer).priority < priority),
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
