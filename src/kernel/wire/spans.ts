/** When a source of adverts was active. */
import type { VrrpPacket } from '../../model/facts.ts'
import type { Folded } from './sightings.ts'

/** Seconds of the running clock. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Backups wait three intervals and a skew below one more before they take over (RFC 5798, 6.1). */
export const DOWN_INTERVALS = 3

/** Default of keepalived's advert_int, for adverts whose interval is not printed. */
export const DEFAULT_INTERVAL = 1

/**
 * Runs of adverts without a gap that a backup would act on. Priority 0 ends a run: the sender has stopped.
 * Empty where the capture prints no times.
 */
export function spansOf(adverts: readonly Folded<VrrpPacket>[]): readonly Span[] {
  const spans: { from: number; to: number }[] = []
  let stopped = true
  for (const { packet, sightings } of adverts) {
    const time = sightings[0].time
    if (time === undefined) continue
    const last = spans.at(-1)
    const patience = (DOWN_INTERVALS + 1) * (packet.interval ?? DEFAULT_INTERVAL)
    if (last !== undefined && !stopped && time - last.to <= patience) last.to = Math.max(last.to, time)
    else spans.push({ from: time, to: time })
    const current = spans.at(-1)
    if (current !== undefined && packet.again !== undefined) current.to = Math.max(current.to, packet.again.until)
    stopped = packet.priority === 0
  }
  return spans
}

/** The longest time that both were active, undefined if never. Both lists are in order of time. */
export function longestShared(left: readonly Span[], right: readonly Span[]): Span | undefined {
  let best: Span | undefined
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const one = left[i]
    const other = right[j]
    if (one === undefined || other === undefined) break
    const from = Math.max(one.from, other.from)
    const to = Math.min(one.to, other.to)
    if (to >= from && (best === undefined || to - from > best.to - best.from)) best = { from, to }
    if (one.to < other.to) i += 1
    else j += 1
  }
  return best
}
