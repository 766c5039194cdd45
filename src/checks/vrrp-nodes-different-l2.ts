/** Multicast adverts do not leave their network: nodes whose interfaces are in different ones never hear each other. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, caseCheck, claim, undecided } from '../model/check.ts'
import { disputed, PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { areApart, segmentOf, tellSegment } from '../topology/segments.ts'
import { effectiveVrrp, type Speaker } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Different = { instance: string; a: string; b: string; onA: string; onB: string; latent: boolean }

const different = (what: string) =>
  ailment<Different>({
    title: (d) => `${d.instance} runs in different networks on ${d.a} and ${d.b}`,
    text: (d) =>
      `On ${d.a} it uses ${d.onA}, on ${d.b} ${d.onB}. ${what} ` +
      (d.latent
        ? 'By their logs or a capture the nodes do hear each other, so the networks may share a wire; look whether that is meant.'
        : 'Neither node hears the other, and both become MASTER.'),
    fix: (d) =>
      `Use the interface of one common network on both nodes; where there is none, list each other in unicast_peer of ${d.instance}.`,
  })

const messages = {
  'other-subnet': different('Multicast adverts to 224.0.0.18 have TTL 255 and are never routed.'),
  'other-vlan': different('Multicast adverts stay within their VLAN.'),
}

const reasons = {
  ...PAIR_REASONS,
  'network-unknown': (d: { host: string }) => `the network of the VRRP interface of ${d.host} was not seen`,
}

export const vrrpNodesDifferentL2 = caseCheck({
  id: 'vrrp-nodes-different-l2',
  title: 'The interfaces of an instance are in one network on every node',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'VRRP by multicast works within one layer 2 network. With "interface" set to cards of different subnets or VLANs each node is alone in its network and takes the VIP.',
  links: ['https://github.com/acassen/keepalived/issues/1398', 'https://github.com/acassen/keepalived/issues/445'],
  // The VIP goes where the instance is: on the wrong interface it is announced there, and its clients come in elsewhere.
  explains: [
    'garp-wrong-interface',
    'rp-filter-asymmetric',
    'cap-two-masters',
    'dual-vip',
    'arp-two-macs',
    'arp-vip-mac-changed',
  ],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const claims: Claim[] = []
    let open: Speaker | undefined
    for (const router of sharedRouters(hosts)) {
      for (const pair of pairsOf(router)) {
        const [a, b] = pair
        // Unicast may be routed.
        if (pair.some((speaker) => effectiveVrrp(speaker).unicast)) continue
        const [onA, onB] = [segmentOf(a), segmentOf(b)]
        const apart = areApart(onA, onB)
        if (apart === 'unknown') open = onA === undefined || onA.addresses.length === 0 ? a : b
        if (onA === undefined || onB === undefined || apart === 'unknown' || apart === 'no') continue
        const { latent, rest } = disputed({
          router,
          pair,
          lines: [lineOf(a), lineOf(b), ...[onA, onB].map(({ addresses, link }) => addresses[0]?.at ?? link.at)],
          refusals: [],
          healthy: agree(router.speakers, ({ facts }) => heardMasters(facts.capture)),
          verify: 'tcpdump -nn -i any -c 5 vrrp   # on the BACKUP: the adverts of the MASTER come in',
        })
        const names = { instance: router.name, a: a.host.names[0], b: b.host.names[0] }
        const data = { ...names, onA: tellSegment(onA), onB: tellSegment(onB), latent }
        claims.push(claim(messages, apart === 'vlans' ? 'other-vlan' : 'other-subnet', data, rest))
      }
    }
    if (claims.length === 0 && open !== undefined)
      return undecided(
        reasons,
        'network-unknown',
        { host: open.host.names[0] },
        [lineOf(open)],
        ['ip addr', 'ip -d link'],
      )
    return rulePairs(hosts, kase, claims)
  },
})

function lineOf({ instance }: Speaker) {
  return instance.interface?.at ?? instance.at
}
