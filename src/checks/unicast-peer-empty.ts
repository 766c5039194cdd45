/** Unicast was meant, but the list of peers is empty: keepalived goes back to multicast without failing. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { nodeFinder } from '../topology/conf-tree.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { aboutRouter } from '../topology/router-pairs.ts'
import { hasHiddenPeers } from '../topology/unicast.ts'
import { effectiveVrrp, type Speaker, virtualRouters } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Empty = { host: string; instance: string; word: string }

const messages = {
  'falls-back': ailment<Empty & { harmless: boolean }>({
    title: (d) => `${d.instance} on ${d.host} is meant for unicast and has no peers`,
    text: (d) =>
      `${d.word} is there, but unicast_peer lists nobody. keepalived then sends to the multicast group 224.0.0.18. ` +
      (d.harmless
        ? 'The other nodes do the same, so it works for as long as the network carries multicast.'
        : 'Where the network carries no multicast, or the peer uses unicast, the nodes do not hear each other and both become MASTER.'),
    fix: (d) =>
      `List the addresses of the other nodes in unicast_peer of ${d.instance}, or take ${d.word} out; then reload.`,
  }),
  faults: ailment<Empty>({
    title: (d) => `${d.instance} on ${d.host} stays in FAULT: unicast without peers`,
    text: (d) =>
      `unicast_fault_no_peer is set and unicast_peer lists nobody, so keepalived keeps ${d.instance} in FAULT: ${d.host} never takes the VIP.`,
    fix: (d) => `List the addresses of the other nodes in unicast_peer of ${d.instance}, then reload.`,
  }),
}

const reasons = {
  multicast: (_: Record<string, never>) => 'no instance uses unicast',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const unicastPeerEmpty = hostCheck({
  id: 'unicast-peer-empty',
  title: 'Every instance that is meant for unicast lists its peers',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'Clouds and some switches carry no multicast, which is why unicast is configured there. With an empty list keepalived falls back to multicast with one line in the log, and each node believes that it is alone.',
  links: ['https://github.com/openshift/machine-config-operator/pull/2576'],
  explains: ['unicast-multicast-mix', 'cap-two-masters', 'dual-vip', 'no-vip-anywhere', 'cap-proto112-unreachable'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived }, { kase }) {
    const meant = virtualRouters(kase.hosts).flatMap((router) =>
      router.speakers.flatMap((speaker) => {
        const at = speaker.host.id === id ? keywordOf(speaker) : undefined
        return at === undefined ? [] : [{ router, speaker, at }]
      }),
    )
    const complete = isComplete(keepalived, kase)
    const empty = meant.filter(({ speaker }) => !effectiveVrrp(speaker).unicast && !hasHiddenPeers(speaker))
    const claims = (complete ? empty : []).map(({ router, speaker, at }): Claim => {
      const { instance } = speaker
      const faults = nodeFinder(keepalived.value)('vrrp_instance', instance.at)?.children?.some(isFault) === true
      const said = saidSinceStart(host, 'error').filter(({ event }) =>
        event.reason.startsWith(`(${instance.name}) Cannot use unicast without`),
      )
      const peers = router.speakers.filter((other) => other !== speaker)
      const alike = peers.length > 0 && peers.every((other) => !effectiveVrrp(other).unicast)
      const harmless = alike || agree(router.speakers, ({ facts }) => heardMasters(facts.capture))
      const data = {
        host: name,
        instance: instance.name,
        word: instance.unicastPeerBlock ? 'unicast_peer' : 'unicast_src_ip',
      }
      const rest: Omit<Claim, 'message' | 'data'> = {
        cites: [at, ...(faults ? said.slice(-1).map(({ entry }) => entry.at) : [])],
        steps: [reloadKeepalived(id, 'moves-traffic')],
        verify: 'tcpdump -nn -i any -c 5 vrrp   # adverts go to the addresses of the peers',
        about: { ...aboutRouter(router), hosts: [id], vips: instance.vips.map(({ ip }) => ip) },
        severity: !faults && harmless ? 'warning' : 'critical',
        proof: faults && said.length > 0 ? 'direct' : 'inferred',
      }
      return faults ? claim(messages, 'faults', data, rest) : claim(messages, 'falls-back', { ...data, harmless }, rest)
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (!complete || meant.some(({ speaker }) => hasHiddenPeers(speaker)))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    const looked = meant.map(({ at }) => at)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'multicast', {}, keepalived.from)
  },
})

/** The keyword that asks for unicast. */
function keywordOf({ instance }: Speaker): Cite | undefined {
  return instance.unicastPeerBlock ?? instance.unicastSrc?.at
}

function isFault({ keyword }: { readonly keyword: string }): boolean {
  return keyword === 'unicast_fault_no_peer'
}
