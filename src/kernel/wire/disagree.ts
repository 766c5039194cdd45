/** Senders of one VRID that say different things in their adverts. */
import type { Known } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import type { MasterSource } from './masters.ts'
import { type PresentMaster, presentMasters } from './present-masters.ts'

export interface Disagreement<H> {
  readonly host: H
  readonly vrid: number
  readonly one: MasterSource
  readonly other: MasterSource
}

interface Looked<H> {
  readonly host: H
  readonly capture: Known<Capture>
}

/** What the captures show of every VRID. */
export function advertised<H>(
  looks: readonly Looked<H>[],
): readonly { readonly host: H; readonly capture: Known<Capture>; readonly master: PresentMaster }[] {
  return looks.flatMap(({ host, capture }) => presentMasters(capture).map((master) => ({ host, capture, master })))
}

/**
 * Each VRID once: two senders on one network of whom nothing of what `said` gives is common. A sender that changed its words while
 * the capture ran has said both, and agrees with either.
 */
export function disagreements<H>(
  looks: readonly Looked<H>[],
  said: (source: MasterSource) => readonly (string | number)[],
): readonly Disagreement<H>[] {
  const found = new Map<string, Disagreement<H>>()
  for (const { host, master } of advertised(looks)) {
    const pair = found.has(master.key) ? undefined : differing(master.sources, said)
    if (pair !== undefined) found.set(master.key, { host, vrid: Number(master.key.split(' ')[0]), ...pair })
  }
  return [...found.values()]
}

/** Senders that are compared: a forged capture must not cost the square of their number. */
const COMPARED = 16

function differing(sources: readonly MasterSource[], said: (source: MasterSource) => readonly (string | number)[]) {
  const some = sources.slice(0, COMPARED)
  for (const [index, one] of some.entries()) {
    for (const other of some.slice(index + 1)) {
      const [mine, theirs] = [said(one), said(other)]
      const known = mine.length > 0 && theirs.length > 0
      if (known && meet(one, other) && !mine.some((word) => theirs.includes(word))) return { one, other }
    }
  }
  return undefined
}

function meet(one: MasterSource, other: MasterSource): boolean {
  if (one.segments.length === 0 || other.segments.length === 0) return true
  return one.segments.some((segment) => other.segments.includes(segment))
}
