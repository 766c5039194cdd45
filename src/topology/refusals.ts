/** Adverts that a node refuses, by its own log. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { LogEvent } from '../model/facts.ts'
import { saidSinceStart } from './keepalived-run.ts'
import type { VirtualRouter } from './vrrp.ts'
import { loggedState } from './vrrp-health.ts'

export type RefusalKind = Extract<
  LogEvent['kind'],
  'auth-refused' | 'version-refused' | 'interval-refused' | 'vips-refused'
>

export const REFUSALS: readonly RefusalKind[] = ['vips-refused', 'auth-refused', 'version-refused', 'interval-refused']

export interface Refusal {
  readonly host: Host
  readonly instance?: string
  /** The message, without the instance's name. */
  readonly reason: string
  readonly at: Cite
}

/** Only who accepts an advert logs these. */
const ACCEPTS = new Set<LogEvent['kind']>(['higher-priority-advert', 'lower-priority-advert'])

/** The last refusal of each instance since the daemon was started, where it has not accepted an advert after it. */
export function refusalsOf(hosts: readonly Host[], kind: RefusalKind): readonly Refusal[] {
  return hosts.flatMap((host) => {
    const last = new Map<string | undefined, Refusal>()
    for (const { entry, event } of saidSinceStart(host, kind)) {
      const { instance, reason } = event
      last.set(instance, { host, reason, at: entry.at, ...(instance === undefined ? {} : { instance }) })
    }
    return [...last.values()].filter((refusal) => !acceptsSince(refusal))
  })
}

function acceptsSince({ host, instance, at }: Refusal): boolean {
  const { log } = host.facts
  if (log.state === 'missing') return false
  const { entries } = log.value
  const from = entries.findLastIndex((entry) => entry.at.section === at.section && entry.at.line === at.line)
  return entries.slice(from + 1).some(({ event }) => {
    if (event === undefined || !('instance' in event) || event.instance !== instance) return false
    return ACCEPTS.has(event.kind) || (event.kind === 'state' && event.state === 'BACKUP')
  })
}

/** Is this refusal by a speaker of that router? */
export function isBy({ host, instance }: Refusal, { speakers }: VirtualRouter): boolean {
  return speakers.some((speaker) => {
    return speaker.host.id === host.id && (instance === undefined || instance === speaker.instance.name)
  })
}

/**
 * Refusals by nodes whose peer's file was not seen. Left out are those that a difference between two files explains, and
 * those of a node that hears a MASTER all the same: there a stranger is refused (vrid-clash).
 */
export function ofUnseenPeers(refusals: readonly Refusal[], shared: readonly VirtualRouter[]): readonly Refusal[] {
  return refusals.filter(
    (refusal) =>
      !shared.some((router) => isBy(refusal, router)) &&
      (refusal.instance === undefined || loggedState(refusal.host, refusal.instance) !== 'BACKUP'),
  )
}
