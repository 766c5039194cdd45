/** `trace --vrrp`: adverts from each node to each of its peers, through both packet filters. */

import { advertPacket } from '../kernel/filter/asking.ts'
import type { FilterPacket } from '../kernel/filter.ts'
import type { Case, Host } from '../model/case.ts'
import type { PathTrace } from '../model/trace.ts'
import { type AdvertFlow, advertsFrom, advertsTo, overIpv4 } from '../topology/adverts.ts'
import { areApart, segmentOf, tellSegment } from '../topology/segments.ts'
import { speakersOf } from '../topology/vrrp.ts'
import { sameRouter } from './advert-fields.ts'
import { askFilter } from './ask-filter.ts'
import { localOf } from './hosts.ts'
import { concluded } from './path.ts'
import { Walk } from './walk.ts'

export function traceAdverts(kase: Case): PathTrace {
  const walk = new Walk(kase)
  const directors = kase.hosts.filter((host) => host.roles.director.is === 'yes' || speakersOf([host]).length > 0)
  for (const host of directors) {
    for (const flow of advertsTo(host, kase.hosts).filter(overIpv4)) {
      const peer = kase.hosts.find(({ id }) => id === flow.peer)
      const name = `${flow.instance ?? 'VRRP'}: ${peer?.id ?? flow.src ?? 'a peer'} -> ${host.id}`
      oneWay(walk.fork(name), { host, peer, flow })
    }
  }
  return concluded('vrrp adverts', walk.hops)
}

interface Way {
  readonly host: Host
  readonly peer: Host | undefined
  readonly flow: AdvertFlow
}

function oneWay(walk: Walk, { host, peer, flow }: Way): void {
  if (peer === undefined) {
    const taken = 'its sender lets it out (no evidence of it was given)'
    walk.say({ step: 'sender', text: `${flow.src ?? 'a peer'}: not known here`, assumed: [taken] })
  } else if (!leaves(walk, peer, flow) || !sameLink(walk, peer, host, flow)) return
  const { src, dst = '', dev } = flow
  // Multicast never has a connection; a peer's unicast is NEW until this node has sent one itself.
  const packet = { ...advertPacket(flow), ...localOf(host) }
  if (src !== undefined && !walk.reverse(host, { src, dst, in: dev })) return
  if (!letsIn(walk, host, packet, flow.unicast)) return
  if (peer === undefined || sameRouter(walk, peer, host, flow))
    walk.say({ step: 'keepalived', host, text: `hears ${peer?.id ?? src ?? 'its peer'}` })
}

/** Refused as NEW, let in as an answer: once the node has sent an advert to that peer itself. */
function letsIn(walk: Walk, host: Host, packet: FilterPacket, unicast: boolean): boolean {
  const answered = { ...packet, ctstate: 'ESTABLISHED' } as const
  const late =
    unicast &&
    askFilter(host.facts, packet, 'input').verdict !== 'accept' &&
    askFilter(host.facts, answered, 'input').verdict === 'accept'
  if (!late) return walk.filter(host, packet, 'input') !== undefined
  const { by } = askFilter(host.facts, answered, 'input')
  const assumed = [`${host.id} has sent an advert to ${packet.src ?? 'that peer'} before`]
  return walk.say({ step: 'filter-input', host, text: 'INPUT accepts answers alone', cites: [by], assumed })
}

function leaves(walk: Walk, peer: Host, { instance, vips, unicast, dst }: AdvertFlow): boolean {
  const all = advertsFrom(peer, walk.kase.hosts)
  const same = all.filter((sent) => sent.instance === instance || sent.vips.some((vip) => vips.includes(vip)))
  const sent = same.find((one) => !unicast || one.dst === dst) ?? same[0] ?? all[0]
  if (sent === undefined) return true
  if (unicast && !same.some((one) => one.dst === dst)) {
    const to = same.map((one) => one.dst).join(', ')
    return walk.say({
      step: 'peers',
      host: peer,
      verdict: 'drop',
      text: `sends its adverts to ${to || 'nobody'}, not to ${dst}`,
    })
  }
  return walk.filter(peer, { ...advertPacket(sent, 'out'), ...localOf(peer) }, 'output') !== undefined
}

/** Multicast stays on its link. */
function sameLink(walk: Walk, peer: Host, host: Host, { instance, vips, unicast }: AdvertFlow): boolean {
  if (unicast) return true
  const ends = [peer, host].map((one) => {
    const speakers = speakersOf([one])
    const speaker =
      speakers.find((s) => s.instance.vips.some(({ ip }) => vips.includes(ip))) ??
      speakers.find((s) => s.instance.name === instance)
    return speaker && segmentOf(speaker)
  })
  const [a, b] = ends
  const apart = areApart(a, b)
  if (apart === 'unknown')
    return walk.say({
      step: 'link',
      text: 'whether they share a link was not seen',
      assumed: [`${peer.id} and ${host.id} share a link`],
    })
  if (apart === 'no')
    return walk.say({ step: 'link', text: `${peer.id} and ${host.id} share a link`, cites: [a?.link.at, b?.link.at] })
  const text = `two networks: ${a && tellSegment(a)} and ${b && tellSegment(b)}`
  return walk.say({ step: 'link', verdict: 'drop', text, cites: [a?.link.at, b?.link.at] })
}
