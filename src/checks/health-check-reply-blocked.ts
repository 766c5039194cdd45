/** A director whose INPUT refuses the answers to its own health checks: it takes every real server for dead. */

import { FLOW_REASONS, flowRuling } from '../kernel/filter/flow-ruling.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import type { FilterPacket } from '../kernel/filter/packet.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { localOf } from '../kernel/local-addresses.ts'
import { towards } from '../kernel/towards.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { failedCheck, type HealthCheck, healthChecks } from '../topology/health-checks.ts'
import { isStandby } from '../topology/standby.ts'

type Blocked = { host: string; servers: string; rule: string; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall drops the answers to its own health checks`,
    text: (d) =>
      `keepalived connects to ${d.servers} to see whether they live. ${how(d)} So every check times out, and keepalived takes the real servers out of the pool. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now; after a failover it has nobody to send to.`
        : 'Clients are refused.'),
    fix: (d) => `Accept established connections in INPUT of ${d.host}, ahead of everything that refuses them.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `"${d.rule}" refuses their answers, and no rule before accepts them.`),
  'dropped-by-policy': blocked(() => 'No rule of INPUT accepts their answers, and the policy drops the rest.'),
}

const reasons = {
  ...FLOW_REASONS,
  'no-tcp-check': (_: Record<string, never>) => 'no real server on another machine is checked by a TCP connection',
}

export const healthCheckReplyBlocked = hostCheck({
  id: 'health-check-reply-blocked',
  title: 'Directors let the answers to their health checks in',
  category: 'firewall',
  severity: 'critical',
  stage: 'director',
  why: 'A rule set that names every service it accepts, and forgets what is established, lets requests to the VIP in and keeps the answers to health checks out. The pool empties while every real server is well.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['rs-weight-zero', 'ipvs-table-empty', 'cap-rst-from-director'],
  on: 'director',
  needs: { firewall: 'part', keepalived: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall, keepalived }, { kase: { topology } }) {
    const checks = healthChecks(host)
    if (checks.length === 0) return notApplicable(reasons, 'no-tcp-check', {}, keepalived.from)
    const local = localOf(host)
    const answer = ({ server: { ip }, port }: HealthCheck): FilterPacket => {
      const way = towards(host.facts, ip)
      return {
        protocol: 6,
        src: ip,
        ctstate: 'ESTABLISHED',
        tcpFlags: ['SYN', 'ACK'],
        mark: 0,
        dstType: 'unicast',
        ...(port === 0 ? {} : { sport: port }),
        ...(way?.src === undefined ? {} : { dst: way.src }),
        ...(way === undefined ? { notIn: ['lo'] } : { in: way.dev }),
        ...local,
      }
    }
    const verdicts = flowVerdicts(firewall, checks, (check) => [answer(check)], 'input')
    const claims = verdicts.refused.map(({ flows, verdict, at, rules }): Claim => {
      const vips = [...new Set(flows.flatMap(({ service }) => service.vip ?? []))]
      const latent = isStandby(topology, id, vips)
      const ips = [...new Set(flows.map(({ server }) => server.ip))]
      const lines = ips.flatMap((ip) => failedCheck(host, ip)?.at ?? []).slice(0, 2)
      const data = { host: name, servers: ips.join(', '), rule: verdict.rule?.text ?? '', latent }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at, ...lines],
        steps: [acceptAhead(id, rules, verdict, 'INPUT', '-m conntrack --ctstate ESTABLISHED')],
        verify: 'ipvsadm -Ln   # every real server is listed with its weight after some seconds',
        about: { hosts: [id], vips },
        severity: latent ? 'warning' : 'critical',
        proof: lines.length > 0 ? 'direct' : 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    return flowRuling(host.facts, firewall, 'input', verdicts)
  },
})
