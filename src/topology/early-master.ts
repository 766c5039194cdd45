/** A node that became MASTER right after its start, although a MASTER was there all the time. */
import { secondsBetween } from '../lib/log-clock.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { linesSinceStart } from './log-lines.ts'
import { loggedInstances, logOf, type StateStep, stateSteps } from './state-changes.ts'

export interface EarlyMaster {
  readonly instance: string
  /** Seconds from the start to MASTER, and on to the advert that ended it. */
  readonly after: number
  readonly lasted: number
  readonly start: StateStep
  readonly master: StateStep
  /** The advert of the real MASTER that it heard in the end. */
  readonly heard: { readonly at: Cite; readonly time?: string }
  /** Interfaces that came up after the start. */
  readonly linkUp: readonly Cite[]
}

/** keepalived started with the machine has no link yet, or a switch port that does not pass packets on (spanning tree). */
const SOON = 10
const UNTIL_HEARD = 60
const LINK_UP = /^Netlink reports (\S+) up|Transmit interface (\S+) .*up/

export function earlyMasters(host: Host): readonly EarlyMaster[] {
  const entries = logOf(host)
  return loggedInstances(entries).flatMap((instance): readonly EarlyMaster[] => {
    const steps = stateSteps(entries, instance)
    const from = steps.findLastIndex(({ state }) => state === 'started')
    const start = steps[from]
    const master = steps.slice(from + 1).find(({ state }) => state === 'MASTER')
    if (start === undefined || master === undefined) return []
    const heard = entries
      .slice(master.index)
      .find(({ event }) => event?.kind === 'higher-priority-advert' && event.instance === instance)
    const after = secondsBetween(start.time, master.time)
    const lasted = secondsBetween(master.time, heard?.time)
    if (!heard || after === undefined || lasted === undefined || after > SOON || lasted > UNTIL_HEARD) return []
    const linkUp = linesSinceStart(host, LINK_UP).map(({ entry }) => entry.at)
    return [{ instance, after, lasted, start, master, heard, linkUp }]
  })
}

export type Witness = { readonly was: 'master'; readonly at: Cite } | { readonly was: 'other' | 'unknown' }

/** Was the instance MASTER on `peer` from before the start of the early one until it gave up? By clocks that agree. */
export function wasMaster(peer: Host, { instance, start, master, heard }: EarlyMaster): Witness {
  const steps = stateSteps(logOf(peer), instance)
  if (steps.length === 0) return { was: 'unknown' }
  // Started in between: it was not there to be heard.
  const between = ({ time }: StateStep): boolean =>
    secondsBetween(start.time, time) !== undefined && secondsBetween(time, heard.time) !== undefined
  if (steps.some((step) => step.state === 'started' && between(step))) return { was: 'other' }
  const before = steps.filter(({ time }) => secondsBetween(time, start.time) !== undefined).at(-1)
  if (before === undefined) return { was: 'unknown' }
  const during = steps.some(
    ({ time, index }) => index > before.index && secondsBetween(time, master.time) !== undefined,
  )
  return before.state === 'MASTER' && !during ? { was: 'master', at: before.at } : { was: 'other' }
}
