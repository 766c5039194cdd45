/** Nodes of equal priority: who is MASTER depends on who came first, and after a split on the higher address. */
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { aboutRouter, allComplete, confLines, pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { hasOtherTrackers, priorityLine, priorityWhenWell } from '../topology/vrrp-weight.ts'

const messages = {
  equal: ailment<{ instance: string; a: string; b: string; priority: number; sticky: boolean }>({
    title: (d) => `${d.a} and ${d.b} have the same priority ${d.priority} for ${d.instance}`,
    text: (d) =>
      `With all trackers well neither is preferred: the first to come up stays MASTER, there is no failback, and when both were MASTER the higher source address wins.${d.sticky ? ' nopreempt on both says that no failback is wanted; different priorities do the same and settle a draw.' : ''}`,
    fix: () =>
      'Give each node a priority of its own; where no failback is wanted, use state BACKUP and nopreempt on all.',
  }),
}

const reasons = {
  alone: (_: Record<string, never>) => 'no two nodes share an instance',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'cannot-weigh': (d: { instance: string }) =>
    `a tracked process, file or BFD session moves the priority of ${d.instance}`,
}

export const priorityTie = caseCheck({
  id: 'priority-tie',
  title: 'The nodes of an instance have different priorities',
  category: 'keepalived',
  severity: 'warning',
  stage: 'vrrp',
  why: 'Priority decides who is MASTER. With equal ones the outcome is an accident of timing and addresses, differs from failover to failover, and the preferred node does not get the VIP back.',
  links: ['https://github.com/acassen/keepalived/issues/1884', 'https://github.com/acassen/keepalived/issues/1528'],
  explains: [],
  on: 'director',
  atLeast: 2,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts)
    const claims: Claim[] = []
    let open: string | undefined
    for (const router of routers) {
      for (const [a, b] of pairsOf(router)) {
        const priority = priorityWhenWell(a)
        // With different ids they never meet; that is another finding.
        if (a.instance.vrid?.value !== b.instance.vrid?.value) continue
        if (hasOtherTrackers(a) || hasOtherTrackers(b)) open = router.name
        else if (priority === priorityWhenWell(b)) {
          const sticky = [a, b].every(({ instance }) => instance.nopreempt !== undefined)
          const data = { instance: router.name, a: a.host.names[0], b: b.host.names[0], priority, sticky }
          claims.push(
            claim(messages, 'equal', data, {
              cites: [priorityLine(a), priorityLine(b)],
              steps: [reloadKeepalived(b.host.id, 'moves-traffic')],
              verify: 'tcpdump -nn -i any -c 5 vrrp   # the adverts carry the higher priority',
              about: aboutRouter(router),
              severity: sticky ? 'note' : 'warning',
              proof: 'inferred',
            }),
          )
        }
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    const looked = confLines(hosts)
    if (open !== undefined) return undecided(reasons, 'cannot-weigh', { instance: open }, looked)
    if (!allComplete(hosts, kase)) return undecided(reasons, 'incomplete', {}, looked, [`cat ${MAIN_CONF}`])
    return routers.length > 0 ? pass(looked) : notApplicable(reasons, 'alone', {}, looked)
  },
})
