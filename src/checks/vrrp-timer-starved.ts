/** keepalived was not given the processor in time: a pause longer than three adverts looks like a dead node. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { linesSinceStart, showsLastRun, sinceStart } from '../topology/log-lines.ts'
import { DEFAULT_ADVERT_INT, effectiveVrrp, speakersOf } from '../topology/vrrp.ts'

type Paused = { host: string; times: number; longest: number; limit: number }

const paused = (what: (d: Paused) => string) =>
  ailment<Paused>({
    title: (d) => `keepalived on ${d.host} came ${d.longest.toFixed(1)} s too late`,
    text: (d) =>
      `The log says ${d.times === 1 ? 'once' : `${d.times} times`} that a timer ran out before keepalived was given the processor, by up to ${d.longest.toFixed(1)} s. ${what(d)}`,
    fix: () =>
      'Find what stops the machine (snapshots and migrations of the VM, swapping, a full processor). Set "max_auto_priority 20" (2.2 and later) or vrrp_priority in global_defs, and a longer advert_int on every node.',
  })

const messages = {
  'looks-dead': paused(
    (d) =>
      `A BACKUP takes over after ${d.limit} s without adverts: a MASTER that pauses that long is given up, a BACKUP that does takes over beside it.`,
  ),
  late: paused((d) => `That is below the ${d.limit} s after which a BACKUP takes over, but not far from it.`),
}

const reasons = {
  'log-part': (_: Record<string, never>) => 'the log does not show everything since keepalived was started',
}

/** keepalived 2.x, scheduler.c. */
const LATE = /thread timer expired (\d{1,6}(?:\.\d{1,9})?) seconds ago/
/** A BACKUP waits three intervals and a skew (RFC 5798, 6.1). */
const DOWN_INTERVALS = 3
const MOST_LINES = 5

export const vrrpTimerStarved = hostCheck({
  id: 'vrrp-timer-starved',
  title: 'The keepalived daemon gets the processor in time',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'Adverts go out once a second. When the machine or the VM stands still for more than three of them, the peer takes over although nothing has failed, and gives the VIP back a moment later.',
  links: ['https://github.com/acassen/keepalived/issues/2066', 'https://github.com/acassen/keepalived/issues/166'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-vip-mac-changed'],
  on: 'director',
  needs: { log: 'part' },
  messages,
  reasons,
  run({ host, id, name, log }) {
    const late = linesSinceStart(host, LATE).map(({ entry, match }) => ({ at: entry.at, seconds: Number(match[1]) }))
    const own = speakersOf([host])
    const intervals = own.map((speaker) => effectiveVrrp(speaker).advertInt)
    const limit = DOWN_INTERVALS * (intervals.length > 0 ? Math.min(...intervals) : DEFAULT_ADVERT_INT)
    const worst = [...late].sort((a, b) => b.seconds - a.seconds)
    const cites = worst.slice(0, MOST_LINES).map(({ at }) => at)
    const longest = worst[0]?.seconds ?? 0
    if (isNonEmpty(cites)) {
      const rest: Omit<Claim, 'message' | 'data'> = {
        cites,
        steps: [reloadKeepalived(id)],
        verify: "journalctl -u keepalived --since -1h | grep 'timer expired'   # says nothing",
        about: {
          hosts: [id],
          instances: own.map(({ instance }) => instance.name),
          vips: own.flatMap(({ instance }) => instance.vips.map(({ ip }) => ip)),
        },
        severity: longest >= limit ? 'critical' : 'warning',
        proof: 'direct',
      }
      const data = { host: name, times: late.length, longest, limit }
      return fail([claim(messages, longest >= limit ? 'looks-dead' : 'late', data, rest)])
    }
    if (!showsLastRun(host))
      return undecided(reasons, 'log-part', {}, log.from, ['journalctl -u keepalived -b --no-pager'])
    const last = sinceStart(host).at(-1)
    return pass(last ? [last.at] : log.from)
  },
})
