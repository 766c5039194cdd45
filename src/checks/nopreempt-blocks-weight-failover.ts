/** The tracked service dies and the priority falls below the peer's, but the peer has nopreempt and stays BACKUP. */
import { ailment, type Claim, caseCheck, claim, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp, OWNER_PRIORITY, type Speaker } from '../topology/vrrp.ts'
import {
  hasOtherTrackers,
  leadersByWeight,
  priorityLine,
  priorityWhenFailed,
  priorityWhenWell,
  weightsOf,
} from '../topology/vrrp-weight.ts'

type Stuck = { instance: string; leader: string; failed: number; waiting: string; trackers: string }

const messages = {
  'stays-backup': ailment<Stuck>({
    title: (d) => `${d.waiting} will not take ${d.instance} over when the service on ${d.leader} dies`,
    text: (d) =>
      `When ${d.trackers} fails, ${d.leader} goes down to priority ${d.failed} and stays MASTER until a higher one takes over. ${d.waiting} is higher but has nopreempt, and so accepts the lower adverts: the VIP stays where the service is dead.`,
    fix: (d) =>
      `Take nopreempt out on ${d.waiting}, or set weight 0 for ${d.trackers} on ${d.leader}: a failure is then FAULT, which always fails over.`,
  }),
}

const reasons = {
  ...PAIR_REASONS,
  'cannot-weigh': (d: { instance: string }) =>
    `a tracked process, file or BFD session moves the priority of ${d.instance}`,
}

export const nopreemptBlocksWeightFailover = caseCheck({
  id: 'nopreempt-blocks-weight-failover',
  title: 'Where a weight is to move the VIP, the peers may preempt',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'A weighted tracker only lowers the priority; the peer must then take the VIP away from a MASTER that is still alive. That is what nopreempt forbids, so the failover never happens.',
  links: [
    'https://github.com/acassen/keepalived/issues/2599',
    'https://github.com/acassen/keepalived/issues/2483',
    'https://github.com/acassen/keepalived/issues/198',
  ],
  explains: [],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts)
    const claims = routers
      .flatMap((router) => leadersByWeight(router))
      .flatMap(({ router, first }): readonly Claim[] => {
        const failed = priorityWhenFailed(first)
        const higher = router.speakers.filter((speaker) => speaker !== first && priorityWhenWell(speaker) > failed)
        const lines = higher.flatMap((speaker) => waits(speaker))
        // One that may preempt is enough; none that is higher is another finding.
        if (!isNonEmpty(lines) || lines.length < higher.length) return []
        const weights = weightsOf(first)
        const trackers = weights.map(({ name }) => name).join(', ')
        const waiting = higher.map(({ host }) => host.names[0]).join(', ')
        const [line, ...others] = lines
        return [
          claim(
            messages,
            'stays-backup',
            { instance: router.name, leader: first.host.names[0], failed, waiting, trackers },
            {
              cites: [line, ...others, ...weights.map(({ at }) => at), priorityLine(first)],
              steps: higher.map(({ host }) => reloadKeepalived(host.id)),
              verify: 'tcpdump -nn -i any vrrp   # stop the tracked service: the source of the adverts changes',
              about: aboutRouter({ ...router, speakers: [first, ...higher] }),
              proof: 'inferred',
            },
          ),
        ]
      })
    const open = routers.find((router) => router.speakers.some((speaker) => hasOtherTrackers(speaker)))
    if (claims.length === 0 && open)
      return undecided(reasons, 'cannot-weigh', { instance: open.name }, [open.speakers[0]?.instance.at ?? NOWHERE])
    return rulePairs(hosts, kase, claims)
  },
})

const NOWHERE = { section: '', line: 0 }

/** The line of nopreempt, where it counts: keepalived clears it beside state MASTER and priority 255. */
function waits(speaker: Speaker) {
  const { nopreempt, state } = speaker.instance
  const cleared = state?.value === 'MASTER' || effectiveVrrp(speaker).priority === OWNER_PRIORITY
  return nopreempt === undefined || cleared ? [] : [nopreempt]
}
