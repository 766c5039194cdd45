/** Adverts that a node refuses, by its own log. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { KeepalivedLog, LogEntry, LogEvent } from '../model/facts.ts'
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

const ACCEPTS = new Set<LogEvent['kind']>(['higher-priority-advert', 'lower-priority-advert'])

/** The last refusal of each instance since the daemon was started, where it has not accepted an advert after it. */
export function refusalsOf(hosts: readonly Host[], kind: RefusalKind): readonly Refusal[] {
  return hosts.flatMap((host) => {
    const { log } = host.facts
    if (log.state === 'missing') return []
    const known = done.get(log.value) ?? new Map<RefusalKind, readonly Refusal[]>()
    done.set(log.value, known)
    const refusals = known.get(kind) ?? standing(host, log.value.entries, kind)
    known.set(kind, refusals)
    return refusals
  })
}

/** Checks ask for every virtual router. */
const done = new WeakMap<KeepalivedLog, Map<RefusalKind, readonly Refusal[]>>()

function standing(host: Host, entries: readonly LogEntry[], kind: RefusalKind): readonly Refusal[] {
  const last = new Map<string | undefined, Refusal>()
  for (const { event, at } of entries) {
    if (event?.kind === 'started') last.clear()
    else if (event?.kind === kind && 'reason' in event) {
      const { instance, reason } = event
      last.set(instance, { host, reason, at, ...(instance === undefined ? {} : { instance }) })
    } else if (event !== undefined && accepts(event)) last.delete(event.instance)
  }
  return [...last.values()]
}

type Accepts = Extract<LogEvent, { readonly kind: 'state' | 'higher-priority-advert' | 'lower-priority-advert' }>

/** Only who accepts an advert logs that its priority is higher or lower, or falls back to BACKUP. */
function accepts(event: LogEvent): event is Accepts {
  return ACCEPTS.has(event.kind) || (event.kind === 'state' && event.state === 'BACKUP')
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
