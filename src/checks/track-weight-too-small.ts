/** The tracked service dies, the priority falls, and still stays above the peer's: nothing fails over. */
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { aboutRouter, allComplete, confLines, sharedRouters } from '../topology/router-pairs.ts'
import {
  hasOtherTrackers,
  leadersByWeight,
  priorityLine,
  priorityWhenFailed,
  priorityWhenWell,
  weightsOf,
} from '../topology/vrrp-weight.ts'

type Weak = { instance: string; a: string; b: string; well: number; failed: number; peer: number; trackers: string }

const messages = {
  'gap-too-wide': ailment<Weak>({
    title: (d) => `${d.instance} stays on ${d.a} although what it tracks has failed`,
    text: (d) =>
      `With ${d.trackers} failed ${d.a} goes from priority ${d.well} to ${d.failed}; ${d.b} has ${d.peer} and takes over from a lower one only. The VIP stays where the service is down.`,
    fix: (d) =>
      `Make the weights together larger than the gap: more than ${d.well - d.peer} here, or set weight 0 so that a failure is FAULT and always fails over.`,
  }),
}

const reasons = {
  'no-weight': (_: Record<string, never>) =>
    'no node with the higher priority of an instance tracks anything by weight',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'cannot-weigh': (d: { instance: string }) =>
    `a tracked process, file or BFD session moves the priority of ${d.instance}`,
}

export const trackWeightTooSmall = caseCheck({
  id: 'track-weight-too-small',
  title: 'A failed tracker lowers the priority below that of the peer',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A weighted script only changes the priority. If the change is not larger than the gap between the nodes, the node with the dead service remains MASTER and the failover that was configured never happens.',
  links: ['https://github.com/labring/sealos/issues/3'],
  explains: [],
  on: 'director',
  atLeast: 2,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts)
    const open = routers.find((router) => router.speakers.some((speaker) => hasOtherTrackers(speaker)))
    const weighed = routers.flatMap((router) => leadersByWeight(router))
    const claims: Claim[] = []
    for (const { router, first, next } of weighed) {
      const well = priorityWhenWell(first)
      const failed = priorityWhenFailed(first)
      const peer = priorityWhenWell(next)
      // A draw keeps the MASTER where it is.
      if (failed < peer) continue
      const weights = weightsOf(first)
      const trackers = weights.map(({ name }) => name).join(', ')
      const names = { instance: router.name, a: first.host.names[0], b: next.host.names[0], trackers }
      const [line = priorityLine(first), ...others] = weights.map(({ at }) => at)
      claims.push(
        claim(
          messages,
          'gap-too-wide',
          { ...names, well, failed, peer },
          {
            cites: [line, ...others, priorityLine(first), priorityLine(next)],
            steps: [reloadKeepalived(first.host.id)],
            verify: 'tcpdump -nn -i any vrrp   # stop the tracked service: the source of the adverts changes',
            about: aboutRouter(router),
            proof: 'inferred',
          },
        ),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    const looked = confLines(hosts)
    if (open) return undecided(reasons, 'cannot-weigh', { instance: open.name }, looked)
    if (!allComplete(hosts, kase)) return undecided(reasons, 'incomplete', {}, looked, [`cat ${MAIN_CONF}`])
    return weighed.length > 0 ? pass(looked) : notApplicable(reasons, 'no-weight', {}, looked)
  },
})
