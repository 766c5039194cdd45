/** A director that has no way to a real server. */
import { wayBack } from '../kernel/way-back.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { type Forwarded, forwardedBy } from '../topology/forwarded.ts'
import { isStandby } from '../topology/standby.ts'

type Lost = { host: string; servers: string; refused: boolean; latent: boolean }

const messages = {
  'no-way': ailment<Lost>({
    title: (d) => `${d.host} has no route to ${d.servers}`,
    text: (d) =>
      `${d.refused ? 'A route refuses these addresses' : 'No route leads there'}: neither health checks nor balanced packets leave the director, and keepalived takes the real servers out of the pool. ` +
      (d.latent ? `${d.host} does not hold the VIP now: this bites after a failover.` : 'Clients are refused.'),
    fix: (d) => `Give ${d.host} a route to ${d.servers}${d.refused ? ', and delete the one that refuses them' : ''}.`,
  }),
}

const reasons = {
  'no-server': (_: Record<string, never>) => 'no IPv4 real server is another machine',
  'route-unknown': (d: { rip: string }) => `the way to ${d.rip} is not known: not all routes and rules were seen`,
}

export const directorNoRouteRip = hostCheck({
  id: 'director-no-route-rip',
  title: 'Directors have a route to every real server',
  category: 'route',
  severity: 'critical',
  stage: 'director',
  why: 'Without a route to the real servers a director can neither check them nor send them anything. It happens after a network change on one of the two directors, and shows at the next failover.',
  links: ['https://man7.org/linux/man-pages/man8/ip-route.8.html'],
  explains: ['rs-weight-zero', 'ipvs-table-empty', 'cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'director',
  needs: { routes: 'part' },
  messages,
  reasons,
  run({ id, name, host, routes }, { kase: { topology } }) {
    const flows = forwardedBy(id, topology.services)
    if (flows.length === 0) return notApplicable(reasons, 'no-server', {}, routes.from)
    const looked: Cite[] = []
    const lost = new Map<string, { at: Cite; refused: boolean; flows: Forwarded[] }>()
    for (const flow of flows) {
      const way = wayBack(host.facts, { dst: flow.server.ip })
      if (way.is === 'unknown')
        return undecided(reasons, 'route-unknown', { rip: flow.server.ip }, routes.from, way.ask)
      const { is, at } = way.routed
      if (at) looked.push(at)
      const refused = is === 'unreachable' || is === 'blackhole'
      if (!refused && is !== 'none') continue
      const line = at ?? routes.from[0]
      const group = lost.get(`${line.line}`) ?? { at: line, refused, flows: [] }
      group.flows.push(flow)
      lost.set(`${line.line}`, group)
    }
    const claims = [...lost.values()].map(({ at, refused, flows: some }): Claim => {
      const vips = [...new Set(some.flatMap(({ service }) => service.vip ?? []))]
      const latent = isStandby(topology, id, vips)
      const servers = [...new Set(some.map(({ server }) => server.ip))]
      const ask = `ip route get ${servers[0]}`
      return claim(
        messages,
        'no-way',
        { host: name, servers: servers.join(', '), refused, latent },
        {
          cites: [at, ...some.slice(0, 2).map(({ server }) => server.said[0].at)],
          steps: [runStep(id, ask, 'safe')],
          verify: `${ask}   # names an interface`,
          about: { hosts: [id], vips },
          severity: latent ? 'warning' : 'critical',
          proof: 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    return pass(isNonEmpty(looked) ? looked : routes.from)
  },
})
