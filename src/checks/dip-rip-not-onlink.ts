/** DR towards a real server behind a router: only the MAC is rewritten, so the router gets a packet for the VIP. */
import { wayBack } from '../kernel/way-back.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { type Forwarded, forwardedBy } from '../topology/forwarded.ts'
import { isStandby } from '../topology/standby.ts'

type Behind = { host: string; servers: string; via: string; latent: boolean }

const messages = {
  'behind-a-router': ailment<Behind>({
    title: (d) => `${d.host} reaches ${d.servers} through the router ${d.via}, which DR cannot do`,
    text: (d) =>
      `In DR the director changes the MAC address of a packet and nothing else, so the real server has to be in its network. Here the MAC is that of ${d.via}, which sees a packet for the VIP and sends it back to the director or drops it. ` +
      (d.latent
        ? `${d.host} does not hold the VIP now: this bites after a failover.`
        : 'The health check goes the same way by its own address and passes.'),
    fix: (d) => `Use lb_kind TUN for ${d.servers}, or give ${d.host} an interface in the network of the real servers.`,
  }),
}

const reasons = {
  'no-dr-server': (_: Record<string, never>) => 'no IPv4 real server on another machine is in DR mode',
  'route-unknown': (d: { rip: string }) => `the way to ${d.rip} is not known: not all routes and rules were seen`,
}

export const dipRipNotOnlink = hostCheck({
  id: 'dip-rip-not-onlink',
  title: 'DR real servers are in a network of the director',
  category: 'address',
  severity: 'critical',
  stage: 'director',
  why: 'Direct routing works inside one layer 2 network only. Where a router stands between director and real server, health checks pass and every balanced connection is lost.',
  links: [
    'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/7/html/load_balancer_administration/s1-lvs-direct-VSA',
  ],
  explains: ['cap-syn-unanswered', 'cap-loop', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'director',
  modes: ['DR'],
  needs: { routes: 'part' },
  messages,
  reasons,
  run({ id, name, host, routes }, { kase: { topology } }) {
    const flows = forwardedBy(id, topology.services).filter(({ server }) => server.mode === 'DR')
    if (flows.length === 0) return notApplicable(reasons, 'no-dr-server', {}, routes.from)
    const looked: Cite[] = []
    const behind = new Map<string, { at: Cite; flows: Forwarded[] }>()
    for (const flow of flows) {
      const way = wayBack(host.facts, { dst: flow.server.ip })
      if (way.is === 'unknown')
        return undecided(reasons, 'route-unknown', { rip: flow.server.ip }, routes.from, way.ask)
      const { via, at } = way.routed
      if (at) looked.push(at)
      if (via === undefined || !at) continue
      const group = behind.get(via) ?? { at, flows: [] }
      group.flows.push(flow)
      behind.set(via, group)
    }
    const claims = [...behind].map(([via, { at, flows: some }]): Claim => {
      const vips = [...new Set(some.flatMap(({ service }) => service.vip ?? []))]
      const latent = isStandby(topology, id, vips)
      const servers = [...new Set(some.map(({ server }) => server.ip))]
      const owners = some.flatMap(({ server }) => server.host ?? [])
      return claim(
        messages,
        'behind-a-router',
        { host: name, servers: servers.join(', '), via, latent },
        {
          cites: [at, ...some.slice(0, 2).map(({ server }) => server.said[0].at)],
          steps: [reloadKeepalived(id)],
          verify: `ip route get ${servers[0]}   # no "via" in DR mode`,
          about: { hosts: [...new Set([id, ...owners])], vips },
          severity: latent ? 'warning' : 'critical',
          proof: 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    return pass(isNonEmpty(looked) ? looked : routes.from)
  },
})
