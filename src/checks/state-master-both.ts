/** `state MASTER` on every node: looks wrong, is harmless, and is often blamed. */
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, pairsOf, sharedRouters } from '../topology/router-pairs.ts'

const messages = {
  'both-master': ailment<{ instance: string; a: string; b: string }>({
    title: (d) => `${d.instance} starts as MASTER on both ${d.a} and ${d.b}`,
    text: (d) =>
      `"state" is only where an instance starts; after one advert the priorities decide. So this is no reason for two MASTERs. It does cancel nopreempt, and the VIP moves once more whenever ${d.a} or ${d.b} starts.`,
    fix: (d) => `Where that matters, write state BACKUP on ${d.b}, or on both.`,
  }),
}

export const stateMasterBoth = caseCheck({
  id: 'state-master-both',
  title: 'At most one node of an instance starts as MASTER',
  category: 'keepalived',
  severity: 'note',
  stage: 'config',
  why: 'The initial state counts for a few seconds only. Two nodes with state MASTER elect one by priority like any others; whoever looks for the cause of a split brain should not stop here.',
  links: ['https://github.com/acassen/keepalived/issues/97'],
  explains: [],
  neverRoot: true,
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const claims = sharedRouters(hosts).flatMap((router) =>
      pairsOf(router).flatMap((pair): readonly Claim[] => {
        const [a, b] = pair
        const [stateA, stateB] = [a.instance.state, b.instance.state]
        if (stateA?.value !== 'MASTER' || stateB?.value !== 'MASTER') return []
        const data = { instance: router.name, a: a.host.names[0], b: b.host.names[0] }
        return [
          claim(messages, 'both-master', data, {
            cites: [stateA.at, stateB.at],
            steps: [reloadKeepalived(b.host.id)],
            verify: 'tcpdump -nn -i any -c 5 vrrp   # one source',
            about: aboutRouter({ ...router, speakers: pair }),
            proof: 'inferred',
          }),
        ]
      }),
    )
    return rulePairs(hosts, kase, claims)
  },
})
