/** When the instances of a host changed their state, by its log. */
import { secondsBetween } from '../lib/log-clock.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { LogEntry } from '../model/facts.ts'

export interface StateStep {
  readonly state: 'MASTER' | 'BACKUP' | 'FAULT' | 'started' | 'stopped'
  readonly time?: string
  readonly at: Cite
  /** Its position in the log. */
  readonly index: number
}

/** Every change of one instance, and starts and stops of the daemon, oldest first. */
export function stateSteps(entries: readonly LogEntry[], instance: string): readonly StateStep[] {
  return entries.flatMap(({ event, time, at }, index): readonly StateStep[] => {
    const state =
      event?.kind === 'state' && event.instance === instance
        ? event.state
        : event?.kind === 'started' || event?.kind === 'stopped'
          ? event.kind
          : undefined
    return state === undefined ? [] : [{ state, at, index, ...(time === undefined ? {} : { time }) }]
  })
}

/** Instances that the log names, in order of appearance. */
export function loggedInstances(entries: readonly LogEntry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ event }) => (event?.kind === 'state' ? event.instance : [])))]
}

export function logOf({ facts: { log } }: Host): readonly LogEntry[] {
  return log.state === 'known' ? log.value.entries : []
}

export interface Wait {
  /** Seconds from BACKUP to the MASTER that followed. */
  readonly seconds: number
  readonly from: Cite
  readonly to: Cite
}

/** How long the instance stayed BACKUP each time before it heard nobody and took over. The time after a start does not count. */
export function waitsForMaster(entries: readonly LogEntry[], instance: string): readonly Wait[] {
  const steps = stateSteps(entries, instance)
  return steps.flatMap((step, position): readonly Wait[] => {
    const before = steps[position - 1]
    if (step.state !== 'MASTER' || before?.state !== 'BACKUP' || steps[position - 2]?.state === 'started') return []
    const silent = entries
      .slice(before.index, step.index + 1)
      .some(({ event }) => event?.kind === 'advert-timeout' && event.instance === instance)
    const seconds = secondsBetween(before.time, step.time)
    return silent && seconds !== undefined ? [{ seconds, from: before.at, to: step.at }] : []
  })
}
