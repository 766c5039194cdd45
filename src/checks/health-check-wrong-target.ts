/** A health check that asks a port where nothing listens, while the service itself is there. */
import type { HostFacts } from '../model/case.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import type { VirtualServer } from '../model/facts.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { failedCheck, healthChecks } from '../topology/health-checks.ts'
import { listensOn } from '../topology/port-pairs.ts'
import { isStandby } from '../topology/standby.ts'

type Wrong = { host: string; server: string; kind: string; asked: number; port: number; latent: boolean }

const effect = ({ host, latent }: Wrong): string =>
  latent
    ? `${host} does not hold the VIP now: this bites after a failover.`
    : 'keepalived removes a server that is well.'

const messages = {
  'wrong-port': ailment<Wrong>({
    title: (d) => `The health check of ${d.host} asks ${d.server} on port ${d.asked}, where nothing listens`,
    text: (d) =>
      `${d.kind} connects to port ${d.asked}. ${d.server} listens on ${d.port}, the port of the service. ${effect(d)}`,
    fix: (d) => `Set connect_port to ${d.port} in the check of ${d.host}, or leave it out.`,
  }),
  'answer-refused': ailment<Wrong>({
    title: (d) => `${d.kind} of ${d.host} fails for ${d.server}, which listens on port ${d.port}`,
    text: (d) =>
      `The log says that the check fails, and the service takes connections. So the answer is not what the check expects: the page is not there (url, path), the status_code or digest has changed, or the application is ill. ${effect(d)}`,
    fix: (d) => `Ask for the same page by hand from ${d.host}, and correct the url block or the application.`,
  }),
}

const reasons = {
  'no-tcp-check': (_: Record<string, never>) => 'no real server on another machine is checked by a TCP connection',
  'answer-unseen': (d: { server: string }) =>
    `the check looks at what ${d.server} answers, and neither the log nor the IPVS table says that it was content`,
  'server-unseen': (d: { server: string }) => `what listens on ${d.server} was not seen`,
}

export const healthCheckWrongTarget = hostCheck({
  id: 'health-check-wrong-target',
  title: 'Health checks ask for what the real servers have',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'A check with the wrong port or the wrong page fails for a server that is well. keepalived then removes it, and the service is down although every real server works.',
  links: ['https://github.com/acassen/keepalived/issues/821'],
  explains: ['rs-weight-zero', 'ipvs-table-empty', 'cap-rst-from-director'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ id, name, host, keepalived }, { kase: { topology, hosts } }) {
    const checks = healthChecks(host).filter(({ service, port }) => service.protocol === 'tcp' && port !== 0)
    if (checks.length === 0) return notApplicable(reasons, 'no-tcp-check', {}, keepalived.from)
    const claims: Claim[] = []
    const looked: Cite[] = []
    let unseen: string | undefined
    let silent: string | undefined
    for (const { service, server, kind, port: asked, at } of checks) {
      const owner = topology.services.flatMap((one) => one.servers).find(({ ip }) => ip === server.ip)?.host
      const real = hosts.find((one) => one.id === owner)
      const port = server.port || (service.port ?? 0)
      const open = real && listensOn(real, 'tcp', server.ip, asked)
      if (real === undefined || open === undefined) {
        unseen ??= server.ip
        continue
      }
      const log = failedCheck(host, server.ip)
      const pooled = inPool(host.facts, service, server.ip)
      const byPage =
        open && !pooled && log !== undefined && /HTTP|SSL|MD5|digest|status/i.test(log.text) && PAGE.has(kind)
      const byPort = !open && asked !== port && listensOn(real, 'tcp', server.ip, port) === true
      if (PAGE.has(kind) && open && !byPage && !pooled) silent ??= server.ip
      looked.push(at)
      if (!byPage && !byPort) continue
      const vips = service.vip === undefined ? [] : [service.vip]
      const latent = isStandby(topology, id, vips)
      const data = { host: name, server: server.ip, kind, asked, port, latent }
      claims.push(
        claim(messages, byPort ? 'wrong-port' : 'answer-refused', data, {
          cites: [at, ...(log ? [log.at] : [])],
          steps: [reloadKeepalived(id)],
          verify: `curl -sS -o /dev/null -w '%{http_code}\\n' -m 3 http://${server.ip}:${asked}/   # as the check asks`,
          about: { hosts: [id, real.id], vips },
          severity: latent ? 'warning' : 'critical',
          proof: log ? 'direct' : 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (unseen) return undecided(reasons, 'server-unseen', { server: unseen }, keepalived.from, ['ss -lnt'])
    if (silent)
      return undecided(reasons, 'answer-unseen', { server: silent }, keepalived.from, [
        'journalctl -u keepalived -n 300 --no-pager',
      ])
    return pass(isNonEmpty(looked) ? looked : keepalived.from)
  },
})

/** Checks that look at what the server answers. */
const PAGE: ReadonlySet<string> = new Set(['HTTP_GET', 'SSL_GET'])

/** Is it in the table with a weight? Then the check is content, or was when keepalived looked last. */
function inPool({ ipvs }: HostFacts, { vip, port }: VirtualServer, ip: string): boolean {
  if (ipvs.state !== 'known') return false
  return ipvs.value.services.some(
    (one) =>
      one.vip === vip && one.port === port && one.servers.some((server) => server.ip === ip && server.weight > 0),
  )
}
