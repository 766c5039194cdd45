/** DR and TUN pass packets on unchanged: a real server listens in vain on another port than the virtual service. */
import { redirectStep, redirects } from '../kernel/redirects.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { ownAddresses } from '../topology/addresses.ts'
import { confPairs, listensOn, onlyListed, portsDiffer, tablePairs, tellsReset } from '../topology/port-pairs.ts'
import { signsOf } from '../topology/services-in-force.ts'

type Ports = {
  host: string
  mode: string
  service: string
  server: string
  vport: number
  rport: number
  /** It listens on the port of the service as well. */
  both: boolean
  /** Its table nat was seen. */
  natSeen: boolean
}

const ports = (how: (d: Ports) => string) =>
  ailment<Ports>({
    title: (d) => `${d.server} serves ${d.service} on port ${d.rport}, but ${d.mode} delivers to port ${d.vport}`,
    text: (d) =>
      `${how(d)} In ${d.mode} mode packets reach the real server unchanged, so they come to port ${d.vport}, whatever port stands there. ` +
      (d.both
        ? `It listens on ${d.vport} as well, so clients are served; the health check looks at the other port.`
        : `The health check asks port ${d.rport} and is content; clients get "connection refused" from the VIP.`) +
      (d.natSeen
        ? ''
        : ` (Fine only if the server itself redirects ${d.vport} to ${d.rport}; its nat table was not seen.)`),
    fix: (d) =>
      `Let the service listen on ${d.vport} and write that port in keepalived.conf (connect_port for another check port), or redirect ${d.vport} to ${d.rport} on the real server, or use NAT.`,
  })

const messages = {
  configured: ports(
    (d) =>
      `keepalived.conf of ${d.host} has ${d.server}:${d.rport} for ${d.service}. keepalived 2.0.15 and later logs "ports don't match - resetting".`,
  ),
  'in-table': ports((d) => `The IPVS table of ${d.host} lists ${d.server}:${d.rport} for ${d.service}.`),
}

const reasons = {
  'no-ports': (_: Record<string, never>) => 'no DR or TUN service here names a port of its own',
  'conf-unseen': (_: Record<string, never>) =>
    'the IPVS table shows the port of the service even where another one was asked for; keepalived.conf was not seen as a whole',
}

const ASK = ['cat /etc/keepalived/keepalived.conf']

export const portMismatchDrTun = hostCheck({
  id: 'port-mismatch-dr-tun',
  title: 'Real servers listen on the port of the service in DR and TUN',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'DR and TUN change the MAC or add a header, never the port. A real server configured with another port answers every client with a reset, while its health check succeeds.',
  links: ['https://github.com/acassen/keepalived/commit/fcd3efa5'],
  explains: ['rs-service-not-listening', 'cap-rst-from-rs', 'one-rs-bad'],
  on: 'director',
  modes: ['DR', 'TUN'],
  needs: {},
  messages,
  reasons,
  run({ id, name, host: { facts, roles } }, view) {
    const { keepalived, ipvs, log } = facts
    const asked = keepalived.state === 'known' ? confPairs(keepalived.value) : []
    const listed = ipvs.state === 'known' ? tablePairs(ipvs.value) : []
    const looked: Cite[] = [...asked, ...listed].map(({ server }) => server.at)
    const configured = new Set(asked)
    const claims: Claim[] = []
    for (const pair of [...asked, ...onlyListed(listed, asked)]) {
      const { vip, protocol, mode, server, at } = pair
      const [vport = 0] = pair.ports
      if (!portsDiffer(pair)) continue
      const rs = view.kase.hosts.find((host) => ownAddresses(host.facts).some(({ ip }) => ip === server.ip))
      const turned = { ip: vip, from: vport, to: server.port }
      const redirect = rs === undefined ? undefined : redirects(rs.facts, protocol, turned)
      if (redirect?.is === 'yes') looked.push(redirect.by ?? server.at)
      if (redirect?.is === 'yes') continue
      const entry = log.state === 'known' ? log.value.entries.find((one) => tellsReset(one, server.ip)) : undefined
      const both = rs !== undefined && listensOn(rs, protocol, vip, vport) === true
      const names = { host: name, mode, service: `${vip}:${pair.ports.join('/')}`, server: server.ip }
      const data = { ...names, vport, rport: server.port, both, natSeen: redirect?.is === 'no' }
      claims.push(
        claim(messages, configured.has(pair) ? 'configured' : 'in-table', data, {
          cites: [server.at, ...(entry === undefined ? [] : [entry.at]), at],
          steps: [reloadKeepalived(id), ...(rs === undefined ? [] : [redirectStep(rs.id, protocol, turned)])],
          verify: `nc -vz${protocol === 'udp' ? 'u' : ''} -w 3 ${vip} ${vport}   # from a client, several times: never refused`,
          about: { hosts: rs === undefined ? [id] : [id, rs.id], vips: [vip] },
          severity: both ? 'warning' : 'critical',
          proof: entry === undefined ? 'inferred' : 'direct',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    const from = keepalived.state === 'known' ? keepalived.from : signsOf(roles.director)
    if (keepalived.state !== 'known' || !keepalived.whole) return undecided(reasons, 'conf-unseen', {}, from, ASK)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-ports', {}, from)
  },
})
