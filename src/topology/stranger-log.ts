/** What the logs say of senders that are no node of the virtual router. */
import type { Cite } from '../model/evidence.ts'
import { saidSinceStart } from './keepalived-run.ts'
import { fileExplains } from './pair-differences.ts'
import { isBy, REFUSALS, type Refusal, refusalsOf } from './refusals.ts'
import type { VirtualRouter } from './vrrp.ts'
import { agree, type Heard, loggedState } from './vrrp-health.ts'

export interface GivenWay {
  readonly ip: string
  readonly priority: number
  readonly at: Cite
}

/** Senders of higher adverts that a node gave way to and that are none of `known`, where it is BACKUP since. */
export function gaveWayTo({ speakers }: VirtualRouter, known: ReadonlySet<string>): readonly GivenWay[] {
  return speakers.flatMap(({ host, instance }) => {
    if (loggedState(host, instance.name) !== 'BACKUP') return []
    const last = saidSinceStart(host, 'higher-priority-advert').findLast(
      ({ event }) => event.instance === instance.name,
    )
    const { from: ip, priority } = last?.event ?? {}
    if (last === undefined || ip === undefined || priority === undefined || known.has(ip)) return []
    return [{ ip, priority, at: last.entry.at }]
  })
}

/** Refusals by a node that hears its MASTER, or is heard by its peers, all the same: they are about somebody else. */
export function refusedStrangers(router: VirtualRouter, heard: Heard): readonly Refusal[] {
  const hosts = router.speakers.map(({ host }) => host)
  const shared = router.speakers.length > 1
  return REFUSALS.flatMap((kind) => {
    if (shared && (fileExplains(router, kind) || !agree(router.speakers, heard))) return []
    return refusalsOf(hosts, kind).filter(
      (refusal) =>
        isBy(refusal, router) && (shared || loggedState(refusal.host, refusal.instance ?? router.name) === 'BACKUP'),
    )
  })
}
