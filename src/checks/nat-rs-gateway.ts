/** NAT mode, and the real server's way to the clients does not lead through the director: nobody turns its address back into the VIP. */
import { askers } from '../kernel/askers.ts'
import { natGateway, natLegs } from '../kernel/nat-gateway.ts'
import { defaultRoute } from '../kernel/route-fix.ts'
import {
  ailment,
  type Claim,
  claim,
  fail,
  hostCheck,
  notApplicable,
  pass,
  type Ruling,
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { vipsMeant } from '../topology/conf-braces.ts'

type Past = { host: string; vip: string; client: string; via: string; better: string; director: string }

const FLOATING = 'an inside address that moves with the VIP'
const gateway = (title: (d: Past) => string, text: (d: Past) => string) =>
  ailment<Past>({ title, text, fix: (d) => `Make ${d.better} the gateway of ${d.host} towards the clients.` })

const messages = {
  'not-the-director': gateway(
    (d) => `${d.host} sends answers by ${d.via}, which is no director`,
    (d) => `Only the director can turn them back into ${d.vip}. ${d.client} gets them from an address it never asked.`,
  ),
  'no-gateway': gateway(
    (d) => `${d.host} has no route to ${d.client}`,
    (d) => `In NAT mode ${d.host} answers through the director, and it has no route to ${d.client}: no answer is sent.`,
  ),
  'backup-director': gateway(
    (d) => `${d.host} sends answers by ${d.via}, a director without ${d.vip}`,
    (d) =>
      `${d.via} is ${d.director}, which did not take the request: only the director that did can turn the answer back.`,
  ),
  'one-directors-address': gateway(
    (d) => `${d.host} uses ${d.via} as gateway, which stays on ${d.director} after a failover`,
    (d) =>
      `${d.via} is ${d.director}'s own address. Once another director takes ${d.vip} over, answers still go to ${d.director} and get lost.`,
  ),
}

const reasons = {
  'own-server': (_: Record<string, never>) => 'the real server is the director itself, so its answers need no gateway',
  'source-translated': (_: Record<string, never>) =>
    'the director puts its own address on the requests, so answers find it by themselves',
  'source-nat-unknown': (_: Record<string, never>) =>
    'answers go past the director, unless it puts its own address on the requests, which was not seen',
  'rules-unseen': (_: Record<string, never>) => 'policy rules decide the way back, and were not seen completely',
  'directors-unseen': (_: Record<string, never>) => 'the addresses of the directors were not all seen',
  'other-network': (_: Record<string, never>) => 'no director has an address in the network of this real server',
  'held-by-nobody': (_: Record<string, never>) =>
    'its gateway is meant to float with the VIP, and no director has it now',
  'clients-unknown': (_: Record<string, never>) => 'which of its routes lead to the clients is not known',
}

export const natRsGateway = hostCheck({
  id: 'nat-rs-gateway',
  title: 'Real servers in NAT mode have the director as gateway',
  category: 'route',
  severity: 'critical',
  stage: 'return',
  why: 'In NAT mode the director rewrites the request and has to rewrite the answer as well. A real server whose gateway is another machine answers past it, and the client gets packets from an address it never asked.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-NAT.html'],
  explains: [
    'rp-filter-asymmetric',
    'nat-return-bypass',
    'syn-recv-stuck',
    'cap-syn-unanswered',
    'cap-synack-from-rip',
  ],
  on: 'real-server',
  modes: ['NAT'],
  needs: { links: 'part', routes: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { hosts } = view.kase
    const meant = hosts.flatMap(({ facts: { keepalived } }) =>
      keepalived.state === 'known' ? vipsMeant(keepalived.value) : [],
    )
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: Ruling | undefined
    for (const leg of natLegs(host.host, host.links.value, view.servicesOf(host.id, 'real-server'))) {
      const { vip = '' } = leg.service
      const holders = view.topology.vips.find(({ ip }) => ip === vip)?.holders.map((holder) => holder.host) ?? []
      const clients = askers(view.topology, hosts, vip).map(({ ip }) => ip)
      for (const client of isNonEmpty(clients) ? clients : [undefined]) {
        const way = natGateway(host.host, hosts, { ...leg, client, holders, meant })
        if (way.is === 'fine') looked.push(...way.cites)
        if (way.is === 'translated') open ??= notApplicable(reasons, 'source-translated', {}, way.cites)
        if (way.is === 'open') open ??= undecided(reasons, way.why, {}, way.cites, way.ask)
        if (way.is !== 'wrong') continue
        const { via = 'none', director = '', better } = way
        const data = { host: host.name, vip, client: client ?? 'clients', via, director, better: better ?? FLOATING }
        claims.push(
          claim(messages, way.how, data, {
            cites: way.cites,
            steps: better === undefined ? [] : [defaultRoute(host.id, better, way.via)],
            verify: `ip route get ${client ?? vip} from ${leg.server.ip}   # via ${data.better}`,
            about: { hosts: [host.id, ...(way.director === undefined ? [] : [way.director])], vips: [vip] },
            severity: way.how === 'one-directors-address' ? 'warning' : 'critical',
            proof: 'inferred',
          }),
        )
        break
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    return open ?? (isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'own-server', {}, host.links.from))
  },
})
