/** Requests to the VIP refused by the director's own firewall: INPUT comes before IPVS, which never sees them. */

import { FLOW_REASONS, flowRuling } from '../kernel/filter/flow-ruling.ts'
import { openingPacket } from '../kernel/filter/opening.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { requestVerdicts } from '../kernel/filter/request-verdicts.ts'
import { fromClients } from '../kernel/from-clients.ts'
import { localOf } from '../kernel/local-addresses.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { aboutRequests, requestRule, requestsAt, targetsOf } from '../topology/requests.ts'
import { isStandby } from '../topology/standby.ts'

type Blocked = { host: string; target: string; rule: string; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall refuses requests to ${d.target}`,
    text: (d) =>
      `A request to the VIP passes INPUT of the director before IPVS gets it. ${how(d)} ` +
      (d.latent
        ? `${d.host} does not hold the VIP now; after a failover no client gets in.`
        : 'No client gets in, and the counters of the virtual service stay where they are. The VIP still answers ARP.'),
    fix: (d) => `Accept ${d.target} in INPUT of ${d.host}, ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `There "${d.rule}" refuses it, and no rule before accepts it.`),
  'dropped-by-policy': blocked(() => 'No rule there accepts it, and the policy drops the rest.'),
}

const reasons = {
  ...FLOW_REASONS,
  'no-address': (_: Record<string, never>) => 'no virtual service here has an IPv4 address of its own',
  'some-clients': (d: { target: string }) =>
    `requests to ${d.target} are accepted from some clients and refused from others, which may be meant`,
}

export const directorInputBlocksVip = hostCheck({
  id: 'director-input-blocks-vip',
  title: 'Directors let requests to their VIPs in',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'IPVS sits behind the INPUT chain of the director. A rule set that lets in SSH and rejects the rest rejects the service as well, although no process of the director listens on that port.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-admin-prohibited', 'cap-syn-unanswered'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { kase }) {
    const local = localOf(host)
    const requests = fromClients(requestsAt(host, kase), kase)
    if (requests.length === 0) return notApplicable(reasons, 'no-address', {}, firewall.from)
    const packets = (request: (typeof requests)[0]) => [{ ...openingPacket(request), ...local }]
    const verdicts = requestVerdicts(firewall, requests, packets, 'input')
    const claims = verdicts.shut.map(({ flows, verdict, at, rules }): Claim => {
      const about = aboutRequests(id, flows)
      const latent = isStandby(kase.topology, id, about.vips ?? [])
      const data = { host: name, target: targetsOf(flows), rule: verdict.rule?.text ?? '', latent }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at],
        steps: [...new Set(flows.map(requestRule))].map((rule) => acceptAhead(id, rules, verdict, 'INPUT', rule)),
        verify: 'ipvsadm -Ln --stats   # InPkts of the virtual service grows while clients ask',
        about,
        severity: latent ? 'warning' : 'critical',
        proof: 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    const { partly } = verdicts
    if (partly) return undecided(reasons, 'some-clients', { target: targetsOf(partly.flows) }, [partly.at])
    return flowRuling(host.facts, firewall, 'input', verdicts)
  },
})
