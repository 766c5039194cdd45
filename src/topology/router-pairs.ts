/** Speakers of one virtual router, two and two, as checks compare them. */
import type { Case, Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { nodeFinder } from './conf-tree.ts'
import { isComplete } from './keepalived-files.ts'
import { type Speaker, type VirtualRouter, virtualRouters } from './vrrp.ts'

/** Virtual routers that more than one of these hosts speaks for, each with its instance seen up to the end. */
export function sharedRouters(hosts: readonly Host[]): readonly VirtualRouter[] {
  return virtualRouters(hosts)
    .map((router) => ({ ...router, speakers: router.speakers.filter((speaker) => !isCutOff(speaker)) }))
    .filter(({ speakers }) => speakers.length > 1)
}

/** The text ends inside the instance and may have been cut there: what it lacks may stand behind. */
function isCutOff({ conf, instance }: Speaker): boolean {
  if (conf.whole) return false
  const node = nodeFinder(conf.value)('vrrp_instance', instance.at)
  const last = conf.value.root.findLast(({ at }) => at.section === instance.at.section)
  return node !== undefined && node.end === undefined && node === last
}

/** The first speaker with each of the others. */
export function pairsOf(router: VirtualRouter): readonly (readonly [Speaker, Speaker])[] {
  const [first, ...others] = router.speakers
  return first ? others.map((other) => [first, other] as const) : []
}

/** First line of each configuration: what a comparison has looked at. */
export function confLines(hosts: readonly Host[]): NonEmpty<Cite> {
  const lines = hosts.flatMap(({ facts: { keepalived } }) => (keepalived.state === 'known' ? keepalived.from : []))
  return isNonEmpty(lines) ? lines : [{ section: '', line: 0 }]
}

export function allComplete(hosts: readonly Host[], kase: Case): boolean {
  return hosts.every(({ facts: { keepalived } }) => keepalived.state === 'known' && isComplete(keepalived, kase))
}

/** What a claim about a router is about. */
export function aboutRouter({ speakers, vips }: VirtualRouter): {
  hosts: string[]
  vips: readonly string[]
  instances: string[]
} {
  return {
    hosts: speakers.map(({ host }) => host.id),
    vips,
    instances: [...new Set(speakers.map(({ instance }) => instance.name))],
  }
}
