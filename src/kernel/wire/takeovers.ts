/** A node that takes a VRID over from another, as a capture shows it, and whether it says so by gratuitous ARP. */
import type { Cite, Known } from '../../model/evidence.ts'
import type { ArpPacket, Capture } from '../../model/facts.ts'
import { type MasterSource, masters } from './masters.ts'
import { shows } from './shown.ts'
import { foldSightings } from './sightings.ts'
import { vantage } from './vantage.ts'

export interface Takeover {
  readonly vrid: number
  readonly before: MasterSource
  readonly after: MasterSource
  /** First advert of the new master, on the running clock. */
  readonly time: number
}

/** An election is over when the old master has been silent for two adverts; with both sending on there is no takeover. */
const SETTLED = 2

/** A master sends once a second: one that is heard sooner after the capture began may have been one all the time. */
const SEEN_WITHOUT = 1

/** The last takeover of each VRID. */
export function takeovers(capture: Capture): readonly Takeover[] {
  const { from: begin } = vantage(capture)
  return masters(capture).flatMap(({ vrid, sources }): readonly Takeover[] => {
    const started = sources.flatMap((source) => {
      const span = source.spans.at(-1)
      return span === undefined ? [] : [{ source, from: span.from, to: span.to }]
    })
    const [last, ...others] = started.sort((a, b) => b.from - a.from)
    const [former] = others.sort((a, b) => b.to - a.to)
    if (last === undefined || former === undefined || former.to > last.from + SETTLED) return []
    if (begin !== undefined && last.from - begin <= SEEN_WITHOUT) return []
    return last.to - former.to < SETTLED ? [] : [{ vrid, before: former.source, after: last.source, time: last.from }]
  })
}

/** keepalived announces at once and again after five seconds (vrrp_garp_master_delay). */
const ANNOUNCES_UNTIL = 7
const ANNOUNCES_FROM = -1

/** Gratuitous ARP for the address around a takeover: who-has X tell X, or X is-at to everybody. */
export function announcements(capture: Capture, vip: string, { time }: Takeover): readonly Cite[] {
  return foldSightings(capture).flatMap(({ packet, sightings: [{ time: at }] }) => {
    const near = at !== undefined && at - time >= ANNOUNCES_FROM && at - time <= ANNOUNCES_UNTIL
    return near && packet.kind === 'arp' && announces(packet, vip) ? [packet.at] : []
  })
}

/** Of a reply without MACs in the capture one cannot tell whom it went to; it tells where the address is all the same. */
function announces({ op, sender, target }: ArpPacket, vip: string): boolean {
  return sender === vip && (op === 'reply' || target === vip)
}

/** Why an announcement may have been made and not be in the capture; undefined: it would be. */
export function maybeMissed(look: Known<Capture>, { time }: Takeover): string | undefined {
  const { lossy, to } = vantage(look.value)
  if (!shows(look.value, 'arp')) return 'the filter of the capture may leave ARP out'
  if (lossy || !look.whole) return 'parts of the capture are missing'
  return to === undefined || to - time < ANNOUNCES_UNTIL ? 'the capture ends too soon after it' : undefined
}
