/** A real server whose firewall refuses the requests that are balanced to it, because they carry the VIP and not its own address. */

import { FLOW_REASONS, flowRuling } from '../kernel/filter/flow-ruling.ts'
import { openingPacket } from '../kernel/filter/opening.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { requestVerdicts } from '../kernel/filter/request-verdicts.ts'
import { pass as passage } from '../kernel/filter/translate.ts'
import { fromClients } from '../kernel/from-clients.ts'
import { localOf } from '../kernel/local-addresses.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { idleNote, idlenessOf } from '../topology/idle-servers.ts'
import { aboutRequests, requestRule, requestsTo, targetsOf } from '../topology/requests.ts'

type Blocked = { host: string; target: string; rule: string; virtual: boolean; rip: string; idle: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall refuses requests to ${d.target}`,
    text: (d) =>
      (d.virtual
        ? `Requests that are balanced to ${d.host} still carry the VIP as destination, not ${d.rip}. `
        : `Requests that are balanced to ${d.host} keep the address of the client. `) +
      `${how(d)} The health check comes from the director and may well be let in, so ${d.host} stays in the pool and its share of the connections fails.${idleNote(d)}`,
    fix: (d) => `Accept ${d.target} from clients in INPUT of ${d.host}, ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `INPUT refuses them with "${d.rule}", and no rule before accepts them.`),
  'dropped-by-policy': blocked(() => 'No rule of INPUT accepts them, and the policy drops the rest.'),
}

const reasons = {
  ...FLOW_REASONS,
  'serves-itself': (_: Record<string, never>) => 'no director sends it requests for an IPv4 address over the network',
  redirected: (_: Record<string, never>) => 'table nat rewrites the requests, and what becomes of them is not clear',
  'some-clients': (d: { target: string }) =>
    `requests to ${d.target} are accepted from some clients and refused from others, which may be meant`,
}

export const rsInputBlocksVport = hostCheck({
  id: 'rs-input-blocks-vport',
  title: 'Real servers let the requests in that are balanced to them',
  category: 'firewall',
  severity: 'critical',
  stage: 'real-server',
  why: 'In DR and TUN a request arrives with the VIP as destination, so a rule for the own address of the server does not match it; behind NAT it arrives from the client, so a rule for the LAN does not. The health check passes all the same.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/'],
  explains: ['cap-admin-prohibited', 'cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { kase }) {
    const local = localOf(host)
    const requests = fromClients(requestsTo(host, kase), kase)
    if (requests.length === 0) return notApplicable(reasons, 'serves-itself', {}, firewall.from)
    const packetOf = (request: (typeof requests)[0]) => ({ ...openingPacket(request), ...local })
    // A server without the VIP may redirect the port to itself: its rules then meet the rewritten packet.
    const asked = requests.filter((request) => {
      const { nat, verdict } = passage(firewall.value, firewall, packetOf(request), 'input')
      return !(nat?.rewrites === 'yes' && verdict.verdict === 'accept')
    })
    for (const request of asked) {
      const { nat } = passage(firewall.value, firewall, packetOf(request), 'input')
      if (nat?.rewrites === 'yes' || (nat?.rewrites === 'unknown' && nat.reason !== 'not-listed'))
        return undecided(reasons, 'redirected', {}, [nat.by ?? firewall.from[0]], ['iptables-save -c'])
    }
    const verdicts = requestVerdicts(firewall, asked, (request) => [packetOf(request)], 'input')
    const claims = verdicts.shut.map(({ flows, verdict, at, rules }): Claim => {
      const { vip = '', rip = 'its own address' } = flows[0] ?? {}
      const { idle, lines, severity } = idlenessOf(kase.topology, kase.hosts, id, vip)
      const virtual = flows.every((flow) => flow.dst === flow.vip)
      const data = { host: name, target: targetsOf(flows), rule: verdict.rule?.text ?? '', virtual, rip, idle }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at, ...lines],
        steps: [...new Set(flows.map(requestRule))].map((rule) => acceptAhead(id, rules, verdict, 'INPUT', rule)),
        verify: 'iptables -nvL INPUT --line-numbers   # the rule for these requests counts while clients ask',
        about: aboutRequests(id, flows),
        severity,
        proof: 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    const { partly } = verdicts
    if (partly) return undecided(reasons, 'some-clients', { target: targetsOf(partly.flows) }, [partly.at])
    return flowRuling(host.facts, firewall, 'input', verdicts)
  },
})
