/** What a director sends to its real servers by itself has the VIP as source: real servers that own the VIP never answer. */
import { towards } from '../kernel/towards.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { forwardedBy } from '../topology/forwarded.ts'
import { failedCheck } from '../topology/health-checks.ts'

type Source = { host: string; vip: string; servers: string; own: boolean }

const messages = {
  'vip-is-source': ailment<Source>({
    title: (d) => `${d.host} talks to its real servers with the VIP ${d.vip} as source`,
    text: (d) =>
      `The kernel picks ${d.vip} as source towards ${d.servers}. ` +
      (d.own
        ? 'In DR and TUN these have the VIP themselves: they ignore ARP requests that come from it, and answers to it never leave them. So health checks fail and the pool empties as soon as this director is MASTER.'
        : 'After a failover the answers to its health checks go to the other director.'),
    fix: (d) =>
      `Give ${d.host} an address of its own in that network that comes before the VIP, and the VIP a /32 in virtual_ipaddress.`,
  }),
}

const reasons = {
  'vips-unseen': (_: Record<string, never>) =>
    'which addresses are VIPs stands in keepalived.conf, which was not all seen',
  'no-server': (_: Record<string, never>) => 'no IPv4 real server is another machine',
  'source-unknown': (d: { rip: string }) => `which source address leads to ${d.rip} was not seen`,
}

export const vipIsPrimary = hostCheck({
  id: 'vip-is-primary',
  title: 'Directors talk to real servers with an address of their own',
  category: 'address',
  severity: 'critical',
  stage: 'director',
  why: 'Where the VIP is the first or only address of the network, the director uses it for everything it sends there, health checks included. A real server that has the VIP takes such a packet for one of its own.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: [
    'lvs-health-check-source-vip',
    'rs-weight-zero',
    'ipvs-table-empty',
    'arp-incomplete-rip',
    'director-no-route-rip',
  ],
  on: 'director',
  needs: { links: 'part' },
  messages,
  reasons,
  run({ id, name, host, links }, { kase: { topology } }) {
    const flows = forwardedBy(id, topology.services)
    if (flows.length === 0) return notApplicable(reasons, 'no-server', {}, links.from)
    const vips = new Set(topology.vips.map(({ ip }) => ip))
    const looked: Cite[] = []
    const wrong = new Map<string, { at: Cite; flows: (typeof flows)[number][] }>()
    let open: string | undefined
    for (const flow of flows) {
      const way = towards(host.facts, flow.server.ip)
      if (way?.src === undefined) open ??= flow.server.ip
      else if (!vips.has(way.src)) looked.push(way.at)
      else {
        const group = wrong.get(way.src) ?? { at: way.at, flows: [] }
        group.flows.push(flow)
        wrong.set(way.src, group)
      }
    }
    const claims = [...wrong].map(([vip, { at, flows: some }]): Claim => {
      const own = some.some(({ server }) => server.mode === 'DR' || server.mode === 'TUN')
      const ips = [...new Set(some.map(({ server }) => server.ip))]
      const address = links.value.links.flatMap(({ addresses }) => addresses).find(({ ip }) => ip === vip)
      const log = ips.flatMap((ip) => failedCheck(host, ip)?.at ?? []).slice(0, 2)
      return claim(
        messages,
        'vip-is-source',
        { host: name, vip, servers: ips.join(', '), own },
        {
          cites: [at, ...(address ? [address.at] : []), ...log],
          steps: [reloadKeepalived(id)],
          verify: `ip route get ${ips[0]}   # src is an address of ${name} itself`,
          about: { hosts: [id], vips: [vip] },
          severity: own ? 'critical' : 'warning',
          proof: log.length > 0 ? 'direct' : 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (open)
      return undecided(reasons, 'source-unknown', { rip: open }, links.from, [
        'ip route show table all',
        `ip route get ${open}`,
      ])
    const conf = host.facts.keepalived
    if (conf.state === 'missing' || !conf.whole)
      return undecided(reasons, 'vips-unseen', {}, links.from, ['cat /etc/keepalived/keepalived.conf'])
    return pass(isNonEmpty(looked) ? looked : links.from)
  },
})
