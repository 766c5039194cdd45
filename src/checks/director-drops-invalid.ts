/** INVALID dropped on a DR or TUN director that tracks strictly: without mid-stream pickup every later packet is INVALID. */

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
import { setSysctl } from '../model/fix.ts'
import { aboutRequests, type Request, requestRule, requestsPast, targetsOf } from '../topology/requests.ts'
import { isStandby } from '../topology/standby.ts'

type Dropped = { host: string; target: string; rule: string; latent: boolean }

const LOOSE = 'net.netfilter.nf_conntrack_tcp_loose'
const CONNTRACK = 'net.ipv4.vs.conntrack'

const messages = {
  'data-dropped': ailment<Dropped>({
    title: (d) => `${d.host} drops packets of running connections to ${d.target} as INVALID`,
    text: (d) =>
      `IPVS takes its packets out of connection tracking, and with nf_conntrack_tcp_loose=0 nothing is picked up in the middle: all that a client sends after the SYN is INVALID, and "${d.rule}" drops it. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now: this bites after a failover.`
        : 'Connections open and then hang, and ipvsadm -Lnc shows SYN_RECV.'),
    fix: (d) => `Set ${LOOSE} back to 1 on ${d.host}, or accept ${d.target} ahead of the rule that drops INVALID.`,
  }),
}

const reasons = {
  ...FLOW_REASONS,
  'no-address': (_: Record<string, never>) => 'no TCP service in DR or TUN mode has an IPv4 address of its own',
  'opening-refused': (_: Record<string, never>) => 'the first packet is not let in either',
  'picked-up': (_: Record<string, never>) =>
    'nf_conntrack_tcp_loose is 1: packets of running connections are not INVALID',
  'values-unseen': (_: Record<string, never>) =>
    'INVALID is dropped; whether these packets are depends on nf_conntrack_tcp_loose and net.ipv4.vs.conntrack',
}

export const directorDropsInvalid = hostCheck({
  id: 'director-drops-invalid',
  title: 'Directors do not take running connections for INVALID',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'Dropping INVALID is good practice, and harmless on a director as long as connection tracking picks up connections in the middle. With nf_conntrack_tcp_loose=0 it does not, and only the first packet of each connection gets to IPVS.',
  links: ['https://docs.kernel.org/networking/nf_conntrack-sysctl.html'],
  explains: ['syn-recv-stuck'],
  on: 'director',
  modes: ['DR', 'TUN'],
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall, fact }, { kase }) {
    const sysctl = fact('sysctl')
    const value = (key: string) => (sysctl.state === 'known' ? sysctlNumber(sysctl.value, key) : undefined)
    const [loose, conntrack] = [value(LOOSE), value(CONNTRACK)]
    const local = localOf(host)
    const requests = fromClients(requestsPast(host, kase), kase)
    if (requests.length === 0) return notApplicable(reasons, 'no-address', {}, firewall.from)
    const opens = (request: Request) =>
      walk(firewall.value, firewall, { ...openingPacket(request), ...local }, 'input').verdict === 'accept'
    const open = requests.filter(opens)
    const packets = (request: Request) => [{ ...laterPacket(request, 'INVALID'), ...local }]
    const verdicts = flowVerdicts(firewall, open, packets, 'input')
    const [first] = verdicts.refused
    if (first && loose !== undefined && loose.value !== 0) return notApplicable(reasons, 'picked-up', {}, [loose.at])
    if (first && (loose === undefined || conntrack?.value !== 0))
      return undecided(reasons, 'values-unseen', {}, [first.at], [`sysctl ${LOOSE} ${CONNTRACK}`])
    const claims = verdicts.refused.map(({ flows, verdict, at, rules }): Claim => {
      const about = aboutRequests(id, flows)
      const latent = isStandby(kase.topology, id, about.vips ?? [])
      const data = { host: name, target: targetsOf(flows), rule: verdict.rule?.text ?? 'the policy of INPUT', latent }
      const accept = [...new Set(flows.map(requestRule))].map((rule) => acceptAhead(id, rules, verdict, 'INPUT', rule))
      return claim(messages, 'data-dropped', data, {
        cites: [at, ...(loose ? [loose.at] : []), ...(conntrack ? [conntrack.at] : [])],
        steps: [setSysctl(id, { [LOOSE]: 1 }, { [LOOSE]: 0 }), ...accept],
        verify: 'ipvsadm -Lnc   # connections become ESTABLISHED while clients ask',
        about,
        severity: latent ? 'warning' : 'critical',
        proof: 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (open.length === 0) return undecided(reasons, 'opening-refused', {}, firewall.from)
    return flowRuling(host.facts, firewall, 'input', verdicts)
  },
})
