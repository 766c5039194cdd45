/** Two masters of one VRID at the same time. */
import type { Cite } from '../../model/evidence.ts'
import type { Master, MasterSource } from './masters.ts'
import { DEFAULT_INTERVAL, DOWN_INTERVALS, longestShared } from './spans.ts'

export interface Overlap {
  readonly vrid: number
  readonly family: 4 | 6
  readonly one: MasterSource
  readonly other: MasterSource
  /** How long both were active; undefined where the capture prints no times. */
  readonly seconds?: number
  /** Adverts of both in turn, inside the overlap: the lines that prove it. */
  readonly cites: readonly Cite[]
}

/** Cites enough to see both senders alternate. */
const SHOWN = 4
/** Sources of one VRID that are compared pair by pair: nobody runs more, and a forged capture must not cost its square. */
const COMPARED = 16
/** Without times: so many changes of sender are no election, which ends after one or two adverts. */
const TURNS = 6

/**
 * Sources of one VRID that were active together for longer than three intervals. An election is shorter: the
 * loser sends one advert, hears the winner and falls silent. Sources never seen on a common interface or VLAN
 * are two clusters that may well use one number.
 */
export function overlaps(groups: readonly Master[]): readonly Overlap[] {
  return groups.flatMap(({ vrid, family, sources }) => {
    const busiest = [...sources].sort((a, b) => b.count - a.count).slice(0, COMPARED)
    const compared = sources.filter((source) => busiest.includes(source))
    return compared.flatMap((one, index) =>
      compared.slice(index + 1).flatMap((other) => {
        const shared = meet(one, other) ? together(one, other) : undefined
        return shared === undefined ? [] : [{ vrid, family, one, other, ...shared }]
      }),
    )
  })
}

function meet(one: MasterSource, other: MasterSource): boolean {
  if (one.segments.length === 0 || other.segments.length === 0) return true
  return one.segments.some((segment) => other.segments.includes(segment))
}

function together(one: MasterSource, other: MasterSource): Pick<Overlap, 'seconds' | 'cites'> | undefined {
  if (one.spans.length === 0 || other.spans.length === 0) return takingTurns(one, other)
  const interval = Math.max(slowest(one), slowest(other))
  const shared = longestShared(one.spans, other.spans)
  if (shared === undefined || shared.to - shared.from <= DOWN_INTERVALS * interval) return undefined
  const inside = inOrder(one, other).filter(
    ({ time }) => time !== undefined && time >= shared.from && time <= shared.to,
  )
  return { seconds: Math.round((shared.to - shared.from) * 1e6) / 1e6, cites: alternating(inside) }
}

function slowest({ intervals }: MasterSource): number {
  return intervals.length === 0 ? DEFAULT_INTERVAL : Math.max(...intervals)
}

function takingTurns(one: MasterSource, other: MasterSource): Pick<Overlap, 'cites'> | undefined {
  const all = inOrder(one, other)
  const turns = all.filter((advert, index) => index > 0 && advert.ip !== all[index - 1]?.ip).length
  return turns < TURNS ? undefined : { cites: alternating(all) }
}

interface Advert {
  readonly ip: string
  readonly index: number
  readonly time?: number
  readonly at: Cite
}

function inOrder(one: MasterSource, other: MasterSource): readonly Advert[] {
  const adverts = [one, other].flatMap(({ ip, adverts }) =>
    adverts.map(({ packet, sightings: [{ index, time }] }) => ({
      ip,
      index,
      at: packet.at,
      ...(time === undefined ? {} : { time }),
    })),
  )
  return adverts.sort((a, b) => a.index - b.index)
}

function alternating(adverts: readonly Advert[]): readonly Cite[] {
  const turns = adverts.filter((advert, index) => advert.ip !== adverts[index - 1]?.ip)
  return turns.slice(0, SHOWN).map((advert) => advert.at)
}
