/** Case after case by seed, with the figures, and what does not agree shrunk to a few rules. */
import * as fc from 'fast-check'
import type { Fate } from './observed.ts'

export interface Judged {
  readonly said: readonly Fate[]
  readonly saw: Fate
  readonly unknown: boolean
  readonly agrees: boolean
}

export interface Tally {
  cases: number
  packets: number
  agreed: number
  unknown: number
  /** Fates that were really seen, by how often. */
  readonly fates: Map<string, number>
  /** One text for each case that does not agree: the seed, the smallest case that still fails, both answers. */
  readonly faults: string[]
}

export interface Lane<Case, Result extends Judged> {
  readonly cases: fc.Arbitrary<Case>
  readonly compare: (one: Case) => Promise<readonly Result[]>
  /** Is an answer "unknown" as it should be? Left out: never. */
  readonly isOpen?: (one: Case, result: Result) => Promise<boolean>
  /** A case in words, to load by hand. */
  readonly show: (one: Case) => string
}

export function emptyTally(): Tally {
  return { cases: 0, packets: 0, agreed: 0, unknown: 0, fates: new Map(), faults: [] }
}

/** `count` cases, the first from `seed`, the next from the number after it. */
export async function play<Case, Result extends Judged>(
  lane: Lane<Case, Result>,
  seed: number,
  count: number,
  into = emptyTally(),
): Promise<Tally> {
  for (let at = seed; at < seed + count; at++) {
    let first = true
    const property = fc.asyncProperty(lane.cases, async (one) => {
      const results = await lane.compare(one)
      if (first) add(into, results)
      first = false
      for (const result of results) await judge(lane, one, result)
    })
    const run = await fc.check(property, { seed: at, numRuns: 1, endOnFailure: false })
    if (!run.failed) continue
    const [smallest] = run.counterexample ?? []
    const shown = smallest === undefined ? '' : lane.show(smallest)
    const why = run.errorInstance instanceof Error ? run.errorInstance.message : String(run.errorInstance)
    into.faults.push(`seed ${at}, after ${run.numShrinks} steps of shrinking\n${shown}\n${why}`)
  }
  return into
}

function add(tally: Tally, results: readonly Judged[]): void {
  tally.cases++
  for (const { saw, unknown, agrees } of results) {
    tally.packets++
    if (unknown) tally.unknown++
    else if (agrees) tally.agreed++
    const fate = saw.is === 'refused' ? `refused (${saw.how})` : saw.rp === 1 ? 'dropped by rp_filter' : saw.is
    tally.fates.set(fate, (tally.fates.get(fate) ?? 0) + 1)
  }
}

async function judge<Case, Result extends Judged>(lane: Lane<Case, Result>, one: Case, result: Result): Promise<void> {
  if (result.unknown ? ((await lane.isOpen?.(one, result)) ?? false) : result.agrees) return
  throw new Error(JSON.stringify(result))
}

export function figures(name: string, { cases, packets, agreed, unknown, fates, faults }: Tally): string {
  const share = packets === 0 ? 0 : (unknown / packets) * 100
  const seen = [...fates]
    .sort(([, a], [, b]) => b - a)
    .map(([fate, times]) => `${times} ${fate}`)
    .join(', ')
  return `${name}: ${cases} cases, ${packets} packets, ${agreed} as the kernel did, ${unknown} unknown (${share.toFixed(2)} %), ${faults.length} cases disagree\n  seen: ${seen}`
}
