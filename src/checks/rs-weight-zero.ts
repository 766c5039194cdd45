/** A virtual service without a real server that may get connections: all were removed, or all have weight 0. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { IpvsService } from '../model/facts.ts'
import { runStep } from '../model/fix.ts'
import { failedCheck } from '../topology/health-checks.ts'
import { isStandby } from '../topology/standby.ts'

type None = { host: string; service: string; servers: string; latent: boolean }

const effect = ({ host, latent }: None): string =>
  latent ? `${host} does not hold the VIP now: this bites after a failover.` : 'Every client is refused.'

const messages = {
  'all-removed': ailment<None>({
    title: (d) => `${d.service} has no real server on ${d.host}`,
    text: (d) =>
      `The service is in the IPVS table without a server. ${d.servers === '' ? '' : `keepalived.conf gives it ${d.servers}: keepalived has removed them, because their health checks fail. `}${effect(d)}`,
    fix: (d) => `Find out why the health checks of ${d.host} fail: the log of keepalived names each of them.`,
  }),
  'all-zero': ailment<None>({
    title: (d) => `Every real server of ${d.service} has weight 0 on ${d.host}`,
    text: (d) =>
      `A real server with weight 0 gets no new connection, and ${d.servers} all have it: by configuration, by a command, or because a check with inhibit_on_failure fails. ${effect(d)}`,
    fix: () => 'Give the real servers a weight of 1 or more in keepalived.conf, or find out which check fails.',
  }),
}

const reasons = {
  'no-service': (_: Record<string, never>) => 'the IPVS table lists no virtual service',
}

export const rsWeightZero = hostCheck({
  id: 'rs-weight-zero',
  title: 'Every virtual service has a real server that gets connections',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'When the last real server is gone, or has weight 0, IPVS refuses every connection with an ICMP error. The VIP is up, the director is up, and nobody is served.',
  links: ['https://github.com/acassen/keepalived/issues/821'],
  explains: ['cap-rst-from-director', 'cap-syn-unanswered'],
  on: 'director',
  needs: { ipvs: 'whole' },
  messages,
  reasons,
  run({ id, name, host, ipvs, fact }, { kase: { topology } }) {
    const { services } = ipvs.value
    const conf = fact('keepalived')
    const idle = services.filter(({ servers }) => servers.every(({ weight }) => weight === 0))
    const claims = idle.map((service): Claim => {
      const asked = conf.state === 'known' ? conf.value.virtualServers.find((one) => isSame(one, service)) : undefined
      const ips = service.servers.length > 0 ? service.servers : (asked?.realServers ?? [])
      const vips = service.vip === undefined ? [] : [service.vip]
      const latent = isStandby(topology, id, vips)
      const log = ips.flatMap(({ ip }) => failedCheck(host, ip)?.at ?? []).slice(0, 3)
      const data = { host: name, service: nameOf(service), servers: ips.map(({ ip }) => ip).join(', '), latent }
      return claim(messages, service.servers.length > 0 ? 'all-zero' : 'all-removed', data, {
        cites: [service.at, ...service.servers.slice(0, 2).map(({ at }) => at), ...log],
        steps: [
          runStep(id, 'journalctl -u keepalived -n 50 || grep -i keepalived /var/log/messages | tail -n 50', 'safe'),
        ],
        verify: 'ipvsadm -Ln   # every real server is listed with its weight',
        about: { hosts: [id], vips },
        severity: latent ? 'warning' : 'critical',
        proof: 'direct',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    const looked = services.map(({ at }) => at)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-service', {}, ipvs.from)
  },
})

type Key = Pick<IpvsService, 'vip' | 'port' | 'fwmark'>

function isSame(one: Key, other: Key): boolean {
  return one.vip === other.vip && (one.port ?? 0) === (other.port ?? 0) && one.fwmark === other.fwmark
}

function nameOf({ vip, port, fwmark }: Key): string {
  return fwmark === undefined ? `${vip}:${port ?? 0}` : `The service of mark ${fwmark}`
}
