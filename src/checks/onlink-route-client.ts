/** A client reached by a route straight onto an interface whose networks it does not belong to: works in a lab, for that one client. */
import { onLinkStrays } from '../kernel/on-link.ts'
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'

type Stray = { host: string; to: string; dev: string; nets: string }

const messages = {
  'outside-its-networks': ailment<Stray>({
    title: (d) => `${d.host} takes ${d.to} for a neighbour on ${d.dev}`,
    text: (d) =>
      `A route without a gateway leads to ${d.to} by ${d.dev}, whose networks are ${d.nets}. ${d.host} asks for ${d.to} by ARP there, which works only if that machine really is on the same wire, ` +
      'and only for the machines that have such a route. Other clients get no answer this way.',
    fix: (d) => `Reach clients by a gateway on ${d.dev} instead of one route for each of them.`,
  }),
}

const reasons = {
  'client-unknown': (d: { to: string }) =>
    `whether clients are in ${d.to}, which is taken for a network on the wire, is not known`,
  'no-host-routes': (_: Record<string, never>) => 'no route of this host leads straight to a single machine',
  'networks-unseen': (d: { dev: string }) => `the networks of ${d.dev} were not seen`,
}

export const onlinkRouteClient = hostCheck({
  id: 'onlink-route-client',
  title: 'Clients are reached by a gateway, not by routes of their own',
  category: 'route',
  severity: 'warning',
  stage: 'return',
  why: 'A route to one client without a gateway makes the real server look for that client on its own wire. It is a trick of test set-ups: every further client needs another route, and a client behind a router never answers.',
  links: ['https://man7.org/linux/man-pages/man8/ip-route.8.html'],
  explains: [],
  on: 'real-server',
  needs: { routes: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { routes } = host
    const found = onLinkStrays(host.host, view.kase)
    const claims = found.strays.map(({ to, dev, nets, at, near, stranger }) =>
      claim(
        messages,
        'outside-its-networks',
        { host: host.name, to, dev, nets: nets.join(', ') },
        {
          cites: [at, ...near],
          // Deleting it before a gateway is there would cut the client off.
          steps: [],
          verify: `ip route get ${to.split('/')[0]}   # via a gateway`,
          about: { hosts: [host.id] },
          // A backup or monitoring host perhaps: nobody was seen to ask for the VIP from there.
          severity: stranger ? 'note' : 'warning',
          proof: 'inferred',
        },
      ),
    )
    if (isNonEmpty(claims)) return fail(claims)
    if (found.open?.why === 'networks')
      return undecided(reasons, 'networks-unseen', { dev: found.open.dev }, [found.open.at], ['ip addr'])
    if (found.open)
      return undecided(
        reasons,
        'client-unknown',
        { to: found.open.to },
        [found.open.at],
        ['tcpdump -nn -i any -c 50 tcp'],
      )
    return isNonEmpty(found.fine) ? pass(found.fine) : notApplicable(reasons, 'no-host-routes', {}, routes.from)
  },
})
