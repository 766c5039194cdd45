/** What IPVS sends on to the real servers leaves through OUTPUT of the director, and is refused there. */
import { askers } from '../kernel/askers.ts'
import { FLOW_REASONS, flowRuling } from '../kernel/filter/flow-ruling.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { openingPacket } from '../kernel/filter/opening.ts'
import type { FilterPacket } from '../kernel/filter/packet.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { sentOn } from '../kernel/ipvs-sent.ts'
import { towards } from '../kernel/towards.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { type Forwarded, forwardedBy, forwardRule } from '../topology/forwarded.ts'
import { isStandby } from '../topology/standby.ts'

type Blocked = { host: string; servers: string; what: string; rule: string; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall refuses what IPVS sends to ${d.servers}`,
    text: (d) =>
      `What IPVS sends on leaves through OUTPUT, not FORWARD, as ${d.what}. ${how(d)} A rule for RELATED,ESTABLISHED does not match it, because IPVS takes its packets out of connection tracking. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now; after a failover no connection opens.`
        : 'Requests reach the director and end there; health checks may still pass.'),
    fix: (d) => `Accept this traffic in OUTPUT of ${d.host}, ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `"${d.rule}" refuses it there, and no rule before accepts it.`),
  'dropped-by-policy': blocked(() => 'No rule there accepts it, and the policy drops the rest.'),
}

const reasons = {
  ...FLOW_REASONS,
  'no-address': (_: Record<string, never>) => 'no service with an IPv4 address has a real server on another machine',
}

/** More do not differ in what the rules make of them. */
const MOST_CLIENTS = 8

const LOOKS = {
  DR: 'a packet that is still addressed to the VIP',
  TUN: 'IP protocol 4 (IP in IP)',
  NAT: 'a packet of the client to the real server',
} as const

export const directorOutputBlocksIpvs = hostCheck({
  id: 'director-output-blocks-ipvs',
  title: 'Directors let out what IPVS sends to the real servers',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'IPVS hands its packets to the OUTPUT chain of the director. A rule set that filters what the host sends by itself, and lets out only what it knows, stops every balanced connection.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { topology, kase }) {
    // The rules may ask for the sender, and what IPVS sends on still bears the client's address.
    const all = forwardedBy(id, topology.services).flatMap((flow): readonly (Forwarded & { client?: string })[] => {
      const clients = askers(topology, kase.hosts, flow.service.vip ?? '').slice(0, MOST_CLIENTS)
      return clients.length === 0 ? [flow] : clients.map(({ ip }) => ({ ...flow, client: ip }))
    })
    if (all.length === 0) return notApplicable(reasons, 'no-address', {}, firewall.from)
    const packetOf = (flow: Forwarded & { client?: string }): FilterPacket => {
      const { notIn: _, dstType: __, ...sent } = sentOn(host, flow.server, openingPacket(flow))
      const dev = towards(host.facts, flow.server.ip)?.dev
      return { ...sent, ...(dev === undefined ? { notOut: ['lo'] } : { out: dev }) }
    }
    const verdicts = flowVerdicts(firewall, all, (flow) => [packetOf(flow)], 'output')
    const claims = verdicts.refused.map(({ flows, verdict, at, rules }): Claim => {
      const vips = [...new Set(flows.flatMap(({ service }) => service.vip ?? []))]
      const latent = isStandby(topology, id, vips)
      const servers = [...new Set(flows.map(({ server }) => server.ip))].join(', ')
      const what = [...new Set(flows.map(({ server }) => LOOKS[server.mode as keyof typeof LOOKS]))].join(', or ')
      const data = { host: name, servers, what, rule: verdict.rule?.text ?? '', latent }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at],
        steps: [...new Set(flows.map(forwardRule))].map((rule) => acceptAhead(id, rules, verdict, 'OUTPUT', rule)),
        verify: 'iptables -nvL OUTPUT --line-numbers   # the new rule counts while clients ask',
        about: { hosts: [...new Set([id, ...flows.flatMap(({ server }) => server.host ?? [])])], vips },
        severity: latent ? 'warning' : 'critical',
        proof: 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    return flowRuling(host.facts, firewall, 'output', verdicts)
  },
})
