/** One node sends its adverts to its peers, the other to the multicast group: neither hears the other, and no log says so. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { sentTo } from '../kernel/wire/sent-to.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { bothComplete, disputed, PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { hasHiddenPeers, unicastLine } from '../topology/unicast.ts'
import { effectiveVrrp, sourceAddress } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

const messages = {
  mixed: ailment<{ instance: string; unicast: string; multicast: string; peers: string; latent: boolean }>({
    title: (d) => `${d.unicast} sends ${d.instance} by unicast, ${d.multicast} by multicast`,
    text: (d) =>
      `${d.unicast} has unicast_peer (${d.peers}), ${d.multicast} has none and uses the group 224.0.0.18. keepalived takes adverts only by the way it sends them itself, ` +
      (d.latent
        ? 'so both become MASTER as soon as the files are read again; the running daemons still agree.'
        : 'so neither hears the other and both become MASTER. Releases before 2.3 log nothing about it.'),
    fix: (d) => `Give ${d.multicast} a unicast_peer list too, or take it away from ${d.unicast}; then reload.`,
  }),
}

export const unicastMulticastMix = caseCheck({
  id: 'unicast-multicast-mix',
  title: 'The nodes of an instance send their adverts the same way',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A node with unicast_peer neither sends to the multicast group nor listens to it. Next to a node without the list both are alone, both take the VIP, and the logs look healthy.',
  links: ['https://github.com/acassen/keepalived/issues/2458'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const shared = sharedRouters(hosts)
    const claims = shared.flatMap((router) =>
      pairsOf(router).flatMap((pair): readonly Claim[] => {
        const [unicast, multicast] = effectiveVrrp(pair[0]).unicast ? pair : [pair[1], pair[0]]
        if (!effectiveVrrp(unicast).unicast || effectiveVrrp(multicast).unicast) return []
        if (hasHiddenPeers(multicast) || !bothComplete(...pair, kase)) return []
        const { latent, rest } = disputed({
          router,
          pair: [multicast, unicast],
          lines: [unicastLine(unicast), unicastLine(multicast)],
          refusals: [],
          healthy: agree(router.speakers, ({ facts }) => heardMasters(facts.capture)),
          verify: 'tcpdump -nn -i any -c 5 vrrp   # one source, one destination',
        })
        const vrid = unicast.instance.vrid?.value
        const onWire = hosts.flatMap(({ facts }) => [
          ...sentTo(facts.capture, vrid, sourceAddress(unicast)?.ip, 'peer').slice(0, 1),
          ...sentTo(facts.capture, vrid, sourceAddress(multicast)?.ip, 'group').slice(0, 1),
        ])
        const peers = unicast.instance.unicastPeers.map(({ value }) => value).join(', ')
        const names = { unicast: unicast.host.names[0], multicast: multicast.host.names[0], peers }
        const [first, ...more] = rest.cites
        const seen = onWire.length > 1
        return [
          claim(
            messages,
            'mixed',
            { instance: router.name, ...names, latent: latent && !seen },
            {
              ...rest,
              cites: [first, ...more, ...onWire],
              severity: latent && !seen ? 'warning' : 'critical',
              proof: seen ? 'direct' : 'inferred',
            },
          ),
        ]
      }),
    )
    const doubt = shared.some(({ speakers }) => speakers.some((speaker) => hasHiddenPeers(speaker)))
    return rulePairs(hosts, kase, claims, doubt)
  },
})
