/** An instance that takes over again and again after the same time. */
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { LogEntry } from '../model/facts.ts'
import { waitsForMaster } from './state-changes.ts'

export interface RegularWait {
  /** Whole seconds, the middle one. */
  readonly seconds: number
  readonly times: number
  readonly lines: NonEmpty<Cite>
}

/** Fewer are a coincidence. */
const LEAST_TIMES = 3
/** Ordinary elections take a few seconds; IGMP groups are forgotten after 125 s and more (RFC 3376, 8). */
const SHORTEST = 60
const LONGEST = 3600
/** A timer is regular; what operators and loads do is not. */
const JITTER_SECONDS = 4
const JITTER_PART = 0.02

export function regularWait(entries: readonly LogEntry[], instance: string): RegularWait | undefined {
  const waits = waitsForMaster(entries, instance)
  const sorted = waits.map(({ seconds }) => seconds).sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined || middle < SHORTEST || middle > LONGEST) return undefined
  const jitter = Math.max(JITTER_SECONDS, middle * JITTER_PART)
  const regular = waits.filter(({ seconds }) => Math.abs(seconds - middle) <= jitter)
  const lines = regular.slice(-LEAST_TIMES).flatMap(({ from, to }) => [from, to])
  // Most of them, or the ones that fit are only some of many.
  if (regular.length < LEAST_TIMES || regular.length * 3 < waits.length * 2 || !isNonEmpty(lines)) return undefined
  return { seconds: Math.round(middle), times: regular.length, lines }
}
