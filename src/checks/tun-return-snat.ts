/** A real server whose answers pass a machine that puts its own address on them: the client gets them from somebody it never asked. */
import { askers } from '../kernel/askers.ts'
import { returnNat } from '../kernel/return-nat.ts'
import { unicastRoutes } from '../kernel/way-back.ts'
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
import { servedVips } from '../topology/faces.ts'

type Changed = { host: string; vip: string; client: string; via: string; router: string; as: string }

const nat = (how: (d: Changed) => string) =>
  ailment<Changed>({
    title: (d) => `Answers of ${d.host} for ${d.vip} lose their source address on the way to ${d.client}`,
    text: (d) =>
      `${how(d)} The client asked ${d.vip} and refuses what comes from another address: connections hang or are reset at once.`,
    fix: (d) => `Lead the route from ${d.host} to the clients by a gateway that passes ${d.vip} on unchanged.`,
  })

const messages = {
  'hypervisor-nat': nat(
    (d) =>
      `${d.host} answers by ${d.via}, the NAT gateway of a virtual machine's host (VirtualBox, QEMU), which puts another address on every packet.`,
  ),
  'router-nat': nat(
    (d) =>
      `${d.host} answers by ${d.via}. That is ${d.router}, and a rule there puts another source address on packets from ${d.vip}.`,
  ),
  'seen-changed': nat(
    (d) => `The capture on the client shows the answer to a request that ${d.host} took coming from ${d.as}.`,
  ),
}

const reasons = {
  'no-gateway': (_: Record<string, never>) => 'no route of this host leads through a gateway',
  'no-vip-served': (_: Record<string, never>) =>
    'this host answers for no VIP itself, or has no way back to the client',
  'client-unknown': (_: Record<string, never>) =>
    'no client address is known, so neither is the gateway of the answers',
  'rules-unseen': (_: Record<string, never>) => 'policy rules decide the way back, and were not seen completely',
  'gateway-unseen': (d: { via: string }) => `whether ${d.via} puts another address on the answers was not seen`,
}

export const tunReturnSnat = hostCheck({
  id: 'tun-return-snat',
  title: 'Answers of real servers keep the VIP as source all the way to the client',
  category: 'route',
  severity: 'critical',
  stage: 'return',
  why: 'In DR and TUN the real server answers with the VIP as source. A NAT gateway on its way, such as the default gateway of a virtual machine, replaces that address, and the client throws the answer away.',
  links: [],
  explains: ['cap-syn-unanswered', 'cap-synack-from-rip', 'syn-recv-stuck', 'one-rs-bad', 'rs-weight-zero'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { routes: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { routes } = host
    const { hosts } = view.kase
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: Ruling | undefined
    const gateways = unicastRoutes(routes.value).filter(({ via, nexthops }) => via !== undefined || nexthops.length > 0)
    if (gateways.length === 0) return notApplicable(reasons, 'no-gateway', {}, routes.from)
    for (const { vip, service } of servedVips(view.topology, host.host)) {
      if (vip.includes(':')) continue
      const clients = askers(view.topology, hosts, vip).map(({ ip }) => ip)
      if (clients.length === 0)
        return undecided(reasons, 'client-unknown', {}, routes.from, ['tcpdump -nn -i any -c 50 tcp'])
      const pool = service.inferred ? [] : service.servers.map(({ ip }) => ip)
      const port = service.port === undefined ? {} : { port: service.port }
      for (const client of clients) {
        const way = returnNat(host.host, hosts, { directors: service.directors, vip, client, pool, ...port })
        if (way.is === 'kept') looked.push(...way.cites)
        if (way.is === 'rules-unseen') return undecided(reasons, way.is, {}, routes.from, way.ask)
        if (way.is === 'gateway-unseen') open ??= undecided(reasons, way.is, { via: way.via }, way.cites, way.ask)
        if (way.is !== 'changed') continue
        const { how, via = '', router = '', as = '', cites } = way
        claims.push(
          claim(
            messages,
            how,
            { host: host.name, vip, client, via, router, as },
            {
              cites,
              // Which gateway leaves the address alone is not in the evidence.
              steps: [],
              verify: `tcpdump -nn host ${client} and tcp   # on the client: answers come from ${vip}`,
              about: { hosts: [host.id], vips: [vip] },
              proof: how === 'seen-changed' ? 'direct' : 'inferred',
            },
          ),
        )
        break
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    return open ?? (isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-vip-served', {}, routes.from))
  },
})
