/** Per VRID, what the newest look that can tell says about its masters. */
import type { Cite, Known } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import { type Master, type MasterSource, masters } from './masters.ts'
import { type Overlap, overlaps } from './overlaps.ts'
import { shows } from './shown.ts'
import { DEFAULT_INTERVAL, DOWN_INTERVALS } from './spans.ts'
import { vantage } from './vantage.ts'

export interface PresentMaster {
  /** VRID and address family. */
  readonly key: string
  readonly sources: Master['sources']
  /** Sources that were active together for longer than an election takes. */
  readonly overlaps: readonly Overlap[]
  /** Why a second master may have stayed unseen; undefined: it could not. */
  readonly doubt: string | undefined
  /** Why a sender may have stayed unseen, whatever those that were seen do. */
  readonly blind: string | undefined
  readonly at: Cite
}

/** An overlap in an earlier look is history where a later look watched the VRID for long enough and shows none. */
export function presentMasters(latest: Known<Capture>): readonly PresentMaster[] {
  const known = done.get(latest)
  if (known !== undefined) return known
  const present = allMasters(latest)
  done.set(latest, present)
  return present
}

/** Checks ask it for every virtual router. */
const done = new WeakMap<Known<Capture>, readonly PresentMaster[]>()

function allMasters(latest: Known<Capture>): readonly PresentMaster[] {
  const found = new Map<string, PresentMaster>()
  for (const look of [latest, ...[...latest.earlier].reverse()]) {
    for (const master of masters(look.value)) {
      const seen = presentOf(master, look)
      const newer = found.get(seen.key)
      // A glance too short to tell does not outweigh an earlier overlap.
      if (newer === undefined || (newer.doubt !== undefined && newer.overlaps.length === 0 && seen.overlaps.length > 0))
        found.set(seen.key, seen)
    }
  }
  return [...found.values()]
}

function presentOf(master: Master, look: Known<Capture>): PresentMaster {
  const blind = blindOf(master.sources, look)
  return {
    key: `${master.vrid} ${master.family}`,
    sources: master.sources,
    overlaps: overlaps([master]),
    doubt: blind ?? doubtOf(master.sources, look),
    blind,
    at: master.sources[0].first,
  }
}

function slowestOf(sources: readonly MasterSource[]): number {
  return sources.flatMap(({ intervals }) => intervals).reduce((most, one) => Math.max(most, one), DEFAULT_INTERVAL)
}

function blindOf(sources: readonly MasterSource[], look: Known<Capture>): string | undefined {
  const { lossy, seconds } = vantage(look.value)
  if (!shows(look.value, 'vrrp')) return 'the filter of the capture may leave adverts out'
  if (lossy || !look.whole) return 'parts of the capture are missing'
  const enough =
    seconds === undefined
      ? sources.some(({ count }) => count > DOWN_INTERVALS + 1)
      : seconds > DOWN_INTERVALS * slowestOf(sources)
  return enough ? undefined : `the capture is shorter than ${DOWN_INTERVALS} adverts`
}

function doubtOf(sources: readonly MasterSource[], look: Known<Capture>): string | undefined {
  const { to } = vantage(look.value)
  const interval = slowestOf(sources)
  const speaking = sources.filter(
    ({ spans }) => to !== undefined && to - (spans.at(-1)?.to ?? to) <= DOWN_INTERVALS * interval,
  )
  return speaking.filter(({ adverts }) => adverts.at(-1)?.packet.priority !== 0).length > 1
    ? 'the capture ends before one of two falls silent'
    : undefined
}

/** Who sees two masters. `loser`: the node of the two that should give way; its own capture tells whether the network delivers. */
export type OverlapWitness = 'loser' | 'winner' | 'other'

export interface RankedOverlap {
  /** Higher priority; of equals the higher address (RFC 5798, 6.4.3). */
  readonly winner: MasterSource
  readonly loser: MasterSource
  readonly witness: OverlapWitness
  /** Both VIP lists are known and have nothing in common: two clusters with one number. */
  readonly strangers: boolean
}

function rankOverlap({ one, other }: Overlap): RankedOverlap {
  const rank = ({ priorities, ip }: MasterSource): string =>
    [Math.max(0, ...priorities), ...ip.split('.')].map((part) => `${part}`.padStart(3, '0')).join(' ')
  const [winner, loser] = rank(one) < rank(other) ? [other, one] : [one, other]
  const witness = loser.own === true && winner.own === false ? 'loser' : winner.own === true ? 'winner' : 'other'
  const [mine, theirs] = [one, other].map(({ vips }) => vips.flatMap((list) => list.split(' ')))
  const known = mine !== undefined && theirs !== undefined && mine.length > 0 && theirs.length > 0
  return { winner, loser, witness, strangers: known && !mine.some((vip) => theirs.includes(vip)) }
}

export interface Sighted<W> {
  /** Whoever took the capture. */
  readonly by: W
  readonly overlap: Overlap
  readonly ranked: RankedOverlap
}

const BEST: readonly OverlapWitness[] = ['other', 'winner', 'loser']

/** Every pair of masters once, as its best witness shows it. */
export function pairsOf<W>(all: readonly { readonly by: W; readonly master: PresentMaster }[]): readonly Sighted<W>[] {
  const pairs = new Map<string, Sighted<W>>()
  for (const { by, master } of all) {
    for (const overlap of master.overlaps) {
      const ranked = rankOverlap(overlap)
      const pair = `${master.key} ${ranked.winner.ip} ${ranked.loser.ip}`
      const known = pairs.get(pair)?.ranked.witness
      if (known === undefined || BEST.indexOf(ranked.witness) > BEST.indexOf(known))
        pairs.set(pair, { by, overlap, ranked })
    }
  }
  return [...pairs.values()]
}

/** Two looks at one VRID that have no sender in common: two masters, or one after the other. */
export function areApart(one: PresentMaster, other: PresentMaster): boolean {
  if (one === other || one.key !== other.key) return false
  const known = new Set(other.sources.map(({ ip }) => ip))
  return !one.sources.some(({ ip }) => known.has(ip))
}
