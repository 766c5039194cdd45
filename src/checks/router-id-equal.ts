/** One router_id on several nodes: a name in mails and SNMP, nothing else. */
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, pairsOf, sharedRouters } from '../topology/router-pairs.ts'

const messages = {
  'same-name': ailment<{ a: string; b: string; routerId: string }>({
    title: (d) => `${d.a} and ${d.b} have the same router_id ${d.routerId}`,
    text: () =>
      'router_id stands in alert mails and in SNMP only. VRRP does not know it, so it is never a reason for a wrong MASTER; but a mail does not tell which node it is from.',
    fix: (d) => `Give each node a router_id of its own, such as its host name, or leave it out on ${d.a} and ${d.b}.`,
  }),
}

export const routerIdEqual = caseCheck({
  id: 'router-id-equal',
  title: 'Every node has a router_id of its own',
  category: 'keepalived',
  severity: 'note',
  stage: 'config',
  why: 'Files are copied from one node to the other, router_id and all. It does no harm to VRRP; only alert mails and SNMP can no longer be told apart.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  neverRoot: true,
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const told = new Set<string>()
    const claims = sharedRouters(hosts).flatMap((router) =>
      pairsOf(router).flatMap((pair): readonly Claim[] => {
        const [a, b] = pair
        const [idA, idB] = [a.conf.value.globals.routerId, b.conf.value.globals.routerId]
        const key = `${a.host.id} ${b.host.id}`
        // Two instances of the same nodes tell the same.
        if (idA === undefined || idB === undefined || idA.value !== idB.value || told.has(key)) return []
        told.add(key)
        return [
          claim(
            messages,
            'same-name',
            { a: a.host.names[0], b: b.host.names[0], routerId: idA.value },
            {
              cites: [idA.at, idB.at],
              steps: [reloadKeepalived(b.host.id)],
              verify: 'grep -w router_id /etc/keepalived/keepalived.conf   # differs from the other nodes',
              about: aboutRouter({ ...router, speakers: pair }),
              proof: 'inferred',
            },
          ),
        ]
      }),
    )
    return rulePairs(hosts, kase, claims)
  },
})
