/** A persistent service keeps a client on one server: a test from one address looks as if rr did nothing. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { servicesInForce, signsOf } from '../topology/services-in-force.ts'

type Sticky = {
  host: string
  service: string
  seconds: number
  scheduler: string
  mask: string
  client: string
  server: string
}

const messages = {
  'sticks-to-one': ailment<Sticky>({
    title: (d) => `${d.service} keeps each client on one server for ${d.seconds} s, so ${d.scheduler} does not show`,
    text: (d) =>
      `${d.host} balances ${d.service} by ${d.scheduler}, with persistence of ${d.seconds} s. Only the first connection of a client is balanced; the ones after it go to the same server until the client has been silent for ${d.seconds} s. ` +
      `A test from one address always shows the same server. That is how it is meant to be.` +
      (d.mask === '' ? '' : ` The mask ${d.mask} makes one client of a whole network.`) +
      (d.client === '' ? '' : ` Right now ${d.client} is kept on ${d.server}.`),
    fix: () =>
      'Test from several client addresses. Take persistence_timeout out only if no application needs its clients to stay.',
  }),
}

const reasons = {
  'no-such-service': (_: Record<string, never>) => 'no service here balances several servers by rr or wrr',
  unseen: (d: { what: string }) => `cannot tell which services are persistent: ${d.what}`,
}

const BALANCED = new Set(['rr', 'wrr'])
const ASK = ['ipvsadm -Ln']

export const persistenceHidesRr = hostCheck({
  id: 'persistence-hides-rr',
  title: 'Schedulers rr and wrr hand out every connection anew',
  category: 'ipvs',
  severity: 'note',
  stage: 'symptom',
  why: 'With persistence, IPVS remembers which server a client got and sends all its connections there. Who tests from one machine sees one server answer and takes the balancing for broken.',
  links: ['https://github.com/lentil1016/kubeadm-ha/issues/7'],
  explains: [],
  neverRoot: true,
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ id, name: host, host: { facts, roles } }) {
    const inForce = servicesInForce(facts)
    if (inForce === undefined)
      return undecided(reasons, 'unseen', { what: 'no table, no configuration' }, signsOf(roles.director), ASK)
    // A template has client port 0; its state is NONE, in later kernels ASSURED.
    const conns = facts.ipvsConns.state === 'known' ? facts.ipvsConns.value.conns : []
    const templates = new Map(
      conns.flatMap((conn) => (conn.client.port === 0 ? [[conn.virtual.ip, conn] as const] : [])),
    )
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { name, vip, scheduler = '', persistent, servers, at } of inForce.services) {
      if (!BALANCED.has(scheduler) || servers.length < 2) continue
      looked.push(at)
      if (persistent === undefined) continue
      const kept = vip === undefined ? undefined : templates.get(vip)
      const { seconds, mask = '' } = persistent
      const data = {
        host,
        service: name,
        seconds,
        scheduler,
        mask,
        client: kept?.client.ip ?? '',
        server: kept?.server.ip ?? '',
      }
      claims.push(
        claim(messages, 'sticks-to-one', data, {
          cites: [persistent.at, ...(kept === undefined ? [] : [kept.at]), at],
          steps: [],
          verify: 'ipvsadm -Lnc   # lines with client port 0 name the server each client is kept on',
          about: { hosts: [id], ...(vip === undefined ? {} : { vips: [vip] }) },
          proof: kept === undefined ? 'inferred' : 'direct',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    const doubt = inForce.by === 'keepalived' ? 'only the configuration was seen' : 'the listing is cut short'
    if (inForce.by === 'keepalived' || !inForce.whole)
      return undecided(reasons, 'unseen', { what: doubt }, inForce.from, ASK)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-such-service', {}, inForce.from)
  },
})
