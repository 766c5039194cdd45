/** A real server that hears the client and has no route to it: the request arrives, nothing is ever sent. */
import { askers } from '../kernel/askers.ts'
import { defaultRoute } from '../kernel/route-fix.ts'
import { gatewaysIn } from '../kernel/uplinks.ts'
import { ANYWHERE, leadsEverywhere, wayBack } from '../kernel/way-back.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { arpLinks, servedVips } from '../topology/faces.ts'

type Routeless = { host: string; vip: string; client: string; refused: boolean }

const messages = {
  'no-route': ailment<Routeless>({
    title: (d) => `${d.host} has no route back to ${d.client}`,
    text: (d) =>
      `In this mode ${d.host} answers clients itself, with ${d.vip} as source. ` +
      (d.refused
        ? `Its routing refuses ${d.client} (blackhole, unreachable or prohibit), `
        : `No route of it leads to ${d.client}, `) +
      'so the request comes in and no answer goes out.',
    fix: (d) =>
      `Give ${d.host} a default route (or one to the network of ${d.client}) by a gateway that passes ${d.vip} on unchanged.`,
  }),
}

const reasons = {
  'no-vip-served': (_: Record<string, never>) => 'this host answers for no VIP itself',
  'client-unknown': (_: Record<string, never>) =>
    'not every address has a route, and no client address is known that one would have to lead to',
  'rules-unseen': (_: Record<string, never>) => 'policy rules decide the way back, and were not seen completely',
  'client-is-local': (d: { client: string }) =>
    `${d.client} counts as an address of this host itself, which is another fault`,
}

const ASK = ['tcpdump -nn -i any -c 50 tcp', 'ip route show table all']

export const rsNoRouteBack = hostCheck({
  id: 'rs-no-route-back',
  title: 'Real servers have a route back to the clients',
  category: 'route',
  severity: 'critical',
  stage: 'return',
  why: 'In DR and TUN the answer does not pass the director: the real server sends it to the client by its own routes. Without a route it drops the answer, and the client waits until it gives up.',
  links: [],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { routes: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let local: string | undefined
    for (const { vip } of servedVips(view.topology, host.host)) {
      if (vip.includes(':')) continue
      const clients = askers(view.topology, view.kase.hosts, vip)
      for (const client of clients.length > 0 ? clients : [undefined]) {
        const way = wayBack(host.host.facts, { src: vip, dst: client?.ip ?? ANYWHERE })
        // Without a client only a default route with no exception from it leads to everybody.
        if (client === undefined && !leadsEverywhere(host.routes.value))
          return undecided(reasons, 'client-unknown', {}, host.routes.from, ASK)
        if (way.is === 'unknown') return undecided(reasons, 'rules-unseen', {}, host.routes.from, way.ask)
        const { is, at } = way.routed
        if (is === 'local') local = client?.ip
        else if (is !== 'none' && is !== 'unreachable' && is !== 'blackhole') looked.push(...(at ? [at] : []))
        else if (client) {
          const refused = is !== 'none'
          const data = { host: host.name, vip, client: client.ip, refused }
          // The gateway that others of the same network use; a refusing route has to go by hand.
          const near = refused ? undefined : nearGateway(host.host, view.kase.hosts)
          claims.push(
            claim(messages, 'no-route', data, {
              cites: [...(at ? [at] : host.routes.from), client.from[0]] as unknown as readonly [Cite, ...Cite[]],
              steps: near === undefined ? [] : [defaultRoute(host.id, near)],
              verify: `ip route get ${client.ip} from ${vip}   # names an interface and a gateway`,
              about: { hosts: [host.id], vips: [vip] },
              proof: 'inferred',
            }),
          )
          break
        }
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (local !== undefined) return notApplicable(reasons, 'client-is-local', { client: local }, host.routes.from)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-vip-served', {}, host.routes.from)
  },
})

function nearGateway(host: Host, hosts: readonly Host[]): string | undefined {
  const { links } = host.facts
  if (links.state !== 'known') return undefined
  return arpLinks(links.value).flatMap((link) => gatewaysIn(link, hosts))[0]?.ip
}
