/** "Drop NEW that is not SYN" on a DR or TUN director: after the handshake every packet of a client looks like that. */

import { FLOW_REASONS, flowRuling } from '../kernel/filter/flow-ruling.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { laterPacket, openingPacket } from '../kernel/filter/opening.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { walk } from '../kernel/filter/walk.ts'
import { fromClients } from '../kernel/from-clients.ts'
import { localOf } from '../kernel/local-addresses.ts'
import { sysctlNumber } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { aboutRequests, type Request, requestRule, requestsPast, targetsOf } from '../topology/requests.ts'
import { isStandby } from '../topology/standby.ts'

type Dropped = { host: string; target: string; rule: string; latent: boolean }

const messages = {
  'data-dropped': ailment<Dropped>({
    title: (d) => `${d.host} drops what clients send to ${d.target} after the handshake`,
    text: (d) =>
      `In DR and TUN the director sees one half of a connection only, and IPVS takes its packets out of connection tracking (net.ipv4.vs.conntrack=0). So every packet of a client counts as NEW, not only the SYN, and "${d.rule}" refuses all but the first. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now: this bites after a failover.`
        : 'Connections open and then hang: no request reaches a real server, and ipvsadm -Lnc shows SYN_RECV.'),
    fix: (d) => `Accept ${d.target} in INPUT of ${d.host} ahead of that rule.`,
  }),
}

const reasons = {
  ...FLOW_REASONS,
  'no-address': (_: Record<string, never>) => 'no TCP service in DR or TUN mode has an IPv4 address of its own',
  'opening-refused': (_: Record<string, never>) => 'the first packet is not let in either',
  tracked: (_: Record<string, never>) =>
    'how connection tracking calls these packets depends on net.ipv4.vs.conntrack and nf_conntrack_tcp_loose',
}

const ASK = ['sysctl net.ipv4.vs.conntrack net.netfilter.nf_conntrack_tcp_loose']

export const directorDropsNewNotSyn = hostCheck({
  id: 'director-drops-new-not-syn',
  title: 'Directors let in what follows the first packet of a connection',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'Many rule sets drop TCP packets that are NEW and no SYN, as a guard against scans. On a DR or TUN director that is every packet but the first: the handshake works, and then nothing moves.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['syn-recv-stuck'],
  on: 'director',
  modes: ['DR', 'TUN'],
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall, fact }, { kase }) {
    const sysctl = fact('sysctl')
    const value = (key: string) => (sysctl.state === 'known' ? sysctlNumber(sysctl.value, key) : undefined)
    const conntrack = value('net.ipv4.vs.conntrack')
    const local = localOf(host)
    const requests = fromClients(requestsPast(host, kase), kase)
    if (requests.length === 0) return notApplicable(reasons, 'no-address', {}, firewall.from)
    const opens = (request: Request) =>
      walk(firewall.value, firewall, { ...openingPacket(request), ...local }, 'input').verdict === 'accept'
    const open = requests.filter(opens)
    const certain = conntrack?.value === 0
    const states = certain ? (['NEW'] as const) : (['NEW', 'ESTABLISHED'] as const)
    const packets = (request: Request) => states.map((state) => ({ ...laterPacket(request, state), ...local }))
    const verdicts = flowVerdicts(firewall, open, packets, 'input')
    const claims = verdicts.refused.flatMap(({ flows, verdict, at, rules }): readonly Claim[] => {
      if (conntrack === undefined) return []
      const about = aboutRequests(id, flows)
      const latent = isStandby(kase.topology, id, about.vips ?? [])
      const data = { host: name, target: targetsOf(flows), rule: verdict.rule?.text ?? 'the policy of INPUT', latent }
      return [
        claim(messages, 'data-dropped', data, {
          cites: [at, conntrack.at],
          steps: [...new Set(flows.map(requestRule))].map((rule) => acceptAhead(id, rules, verdict, 'INPUT', rule)),
          verify: 'ipvsadm -Lnc   # connections become ESTABLISHED while clients ask',
          about,
          severity: latent ? 'warning' : 'critical',
          proof: 'inferred',
        }),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    const unsure = verdicts.split?.at ?? verdicts.refused[0]?.at
    if (unsure) return undecided(reasons, 'tracked', {}, [unsure], ASK)
    if (open.length === 0) return undecided(reasons, 'opening-refused', {}, firewall.from)
    return flowRuling(host.facts, firewall, 'input', verdicts)
  },
})
