/** NAT with a client in the network of the real servers: the answer goes straight to it, with the wrong source. */
import { askers } from '../kernel/askers.ts'
import { leavingBy, sourceNat } from '../kernel/source-nat.ts'
import { sysctlNumber } from '../kernel/sysctl.ts'
import { wayBack } from '../kernel/way-back.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Near = { host: string; client: string; rip: string; dev: string; vip: string }

const messages = {
  'answers-directly': ailment<Near>({
    title: (d) => `${d.host} answers the client ${d.client} directly, past the NAT director`,
    text: (d) =>
      `${d.client} is in the network of ${d.dev}, so ${d.host} sends its answer there without the director, which alone could put the VIP ${d.vip} back as source. The client gets a SYN-ACK from ${d.rip}, which it did not ask, and resets it.`,
    fix: () =>
      'Let the director translate the source of such clients too (SNAT with net.ipv4.vs.conntrack=1), or keep clients out of that network.',
  }),
}

const reasons = {
  'no-nat-server': (_: Record<string, never>) => 'no service in NAT mode with an IPv4 address ends here',
  'clients-unknown': (_: Record<string, never>) => 'which clients ask is not known',
  'route-unknown': (d: { client: string }) => `the way to ${d.client} is not known: not all routes and rules were seen`,
  'source-nat-unknown': (d: { client: string }) =>
    `${d.client} would be answered directly, unless a director hides it behind its own address, which was not seen`,
}

export const natClientSameSubnet = hostCheck({
  id: 'nat-client-same-subnet',
  title: 'NAT real servers answer every client through the director',
  category: 'route',
  severity: 'critical',
  stage: 'return',
  why: 'NAT mode works only if every answer comes back through the director. A client in the network of the real servers is answered directly, and never gets a connection, while all others do.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-NAT.html'],
  explains: ['cap-synack-from-rip', 'nat-return-bypass', 'syn-recv-stuck'],
  on: 'real-server',
  modes: ['NAT'],
  needs: { links: 'part' },
  messages,
  reasons,
  run({ id, name, host, links }, { kase: { topology, hosts } }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let served = false
    for (const { vip, port = 0, servers, directors } of topology.services) {
      const mine = servers.find((server) => server.host === id && server.mode === 'NAT')
      if (vip === undefined || vip.includes(':') || !mine || directors.includes(id)) continue
      served = true
      for (const { ip: client, from } of askers(topology, hosts, vip)) {
        const way = wayBack(host.facts, { src: mine.ip, dst: client })
        if (way.is === 'unknown') return undecided(reasons, 'route-unknown', { client }, links.from, way.ask)
        const { is, via, dev, at } = way.routed
        looked.push(at ?? from[0])
        if (is !== 'unicast' || via !== undefined || dev === undefined || !at) continue
        const hidden = hosts
          .filter((one) => directors.includes(one.id))
          .map(({ facts }) => {
            const conntrack =
              facts.sysctl.state === 'known' ? sysctlNumber(facts.sysctl.value, 'net.ipv4.vs.conntrack') : undefined
            if (conntrack?.value === 0) return 'no'
            const asked = { protocol: 6, src: client, dst: mine.ip, ctstate: 'NEW', mark: 0 } as const
            const changes = sourceNat(facts, {
              ...asked,
              ...(port === 0 ? {} : { dport: mine.port || port }),
              ...leavingBy(facts, mine.ip),
            }).is
            return changes === 'yes' && conntrack === undefined ? 'unknown' : changes
          })
        if (hidden.length > 0 && hidden.every((one) => one === 'yes')) continue
        if (hidden.length === 0 || hidden.some((one) => one !== 'no'))
          return undecided(
            reasons,
            'source-nat-unknown',
            { client },
            [at],
            ['iptables-save -c', 'nft list ruleset', 'sysctl net.ipv4.vs.conntrack'],
          )
        claims.push(
          claim(
            messages,
            'answers-directly',
            { host: name, client, rip: mine.ip, dev, vip },
            {
              cites: [at, from[0]],
              steps: [runStep(id, `ip route get ${client} from ${mine.ip}`, 'safe')],
              verify: `ip route get ${client} from ${mine.ip}   # via the director`,
              about: { hosts: [id, ...directors], vips: [vip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (!served) return notApplicable(reasons, 'no-nat-server', {}, links.from)
    return isNonEmpty(looked) ? pass(looked) : undecided(reasons, 'clients-unknown', {}, links.from, ['ipvsadm -Lnc'])
  },
})
