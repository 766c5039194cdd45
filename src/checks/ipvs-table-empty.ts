/** The configuration has a virtual service, and the kernel does not. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { isStandby } from '../topology/standby.ts'

type Gone = { host: string; services: string; empty: boolean; latent: boolean }

const messages = {
  'service-missing': ailment<Gone>({
    title: (d) => `${d.host} has no virtual service ${d.services} in its IPVS table`,
    text: (d) =>
      `keepalived.conf of ${d.host} defines ${d.services}, and ${d.empty ? 'the IPVS table is empty' : 'the IPVS table does not list it'}. keepalived fills the table once and does not look again: something else has cleared it (ipvsadm -C, a second program), or keepalived runs without its checker. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now: this bites after a failover.`
        : 'Whoever asks for the VIP is refused by the director itself.'),
    fix: (d) => `Reload keepalived on ${d.host}, and find out what clears the table.`,
  }),
}

const reasons = {
  'nothing-configured': (_: Record<string, never>) => 'keepalived.conf defines no virtual service',
  'vrrp-only': (_: Record<string, never>) => 'keepalived was started for VRRP alone (-P)',
  'not-running': (_: Record<string, never>) => 'keepalived does not run, so nothing fills the table',
}

export const ipvsTableEmpty = hostCheck({
  id: 'ipvs-table-empty',
  title: 'Every virtual service of keepalived.conf is in the IPVS table',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'The VIP moves, answers ARP and looks healthy, while the kernel has no service behind it. The director then answers clients itself, with a reset.',
  links: ['https://github.com/kubernetes/kubernetes/issues/59507'],
  explains: ['cap-rst-from-director', 'rs-weight-zero'],
  on: 'director',
  needs: { keepalived: 'whole', ipvs: 'whole' },
  messages,
  reasons,
  run({ id, name, keepalived, ipvs, fact }, { kase: { topology } }) {
    const wanted = keepalived.value.virtualServers.filter(
      ({ vip, fwmark }) => vip !== undefined || fwmark !== undefined,
    )
    if (wanted.length === 0) return notApplicable(reasons, 'nothing-configured', {}, keepalived.from)
    const missing: { name: string; vip: string | undefined; at: Cite }[] = []
    const found: Cite[] = []
    for (const { vip, port = 0, fwmark, protocol, at } of wanted) {
      const listed = ipvs.value.services.find((one) =>
        fwmark === undefined
          ? one.vip === vip && (one.port ?? 0) === port && one.protocol === protocol
          : one.fwmark === fwmark,
      )
      if (listed) found.push(listed.at)
      else missing.push({ name: fwmark === undefined ? `${vip}:${port}` : `fwmark ${fwmark}`, vip, at })
    }
    const [first] = missing
    if (first === undefined) return isNonEmpty(found) ? pass(found) : pass(ipvs.from)
    const processes = fact('processes')
    if (processes.state === 'known') {
      const daemons = processes.value.processes.filter(({ command }) => /\bkeepalived\b/.test(command))
      const only = daemons.find(({ command }) => /\s(?:-P|--vrrp)(?:\s|$)/.test(command))
      if (only) return notApplicable(reasons, 'vrrp-only', {}, [only.at])
      if (daemons.length === 0 && processes.whole) return undecided(reasons, 'not-running', {}, processes.from)
    }
    const vips = [...new Set(missing.flatMap(({ vip }) => vip ?? []))]
    const latent = isStandby(topology, id, vips)
    const services = missing.map((one) => one.name).join(', ')
    const made: Claim = claim(
      messages,
      'service-missing',
      { host: name, services, empty: ipvs.value.services.length === 0, latent },
      {
        cites: [ipvs.from[0], ...missing.slice(0, 3).map(({ at }) => at)],
        steps: [runStep(id, 'systemctl reload keepalived', 'reloads')],
        verify: 'ipvsadm -Ln   # lists the service with its real servers',
        about: { hosts: [id], vips },
        severity: latent ? 'warning' : 'critical',
        proof: 'direct',
      },
    )
    return fail([made])
  },
})
