/** Adverts that a node refuses, by its own log. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { LogEvent } from '../model/facts.ts'
import { saidSinceStart } from './keepalived-run.ts'
import type { VirtualRouter } from './vrrp.ts'
import { loggedState } from './vrrp-health.ts'

type RefusalKind = Extract<LogEvent['kind'], 'auth-refused' | 'version-refused' | 'interval-refused' | 'vips-refused'>

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

export interface Unexplained {
  /** By a node whose peer's file was not seen. */
  readonly alone: readonly Refusal[]
  /** By a node whose file agrees with its peer's, or that hears a MASTER all the same: a stranger's adverts, or an older file runs. */
  readonly odd: readonly Refusal[]
}

/** Refusals that no difference between two files explains. */
export function unexplained(
  refusals: readonly Refusal[],
  shared: readonly VirtualRouter[],
  different: readonly VirtualRouter[],
): Unexplained {
  const rest = refusals.filter((refusal) => !different.some((router) => isBy(refusal, router)))
  const isOdd = (refusal: Refusal): boolean =>
    shared.some((router) => isBy(refusal, router)) ||
    (refusal.instance !== undefined && loggedState(refusal.host, refusal.instance) === 'BACKUP')
  return { alone: rest.filter((refusal) => !isOdd(refusal)), odd: rest.filter(isOdd) }
}
