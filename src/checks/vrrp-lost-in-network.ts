/** Adverts leave one node and never reach the wire of the other: isolated ports, a VLAN, IGMP snooping, a hypervisor. */
import { advertsOut } from '../kernel/filter/asking.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { vridSenders } from '../kernel/wire/vrid-senders.ts'
import { ailment, type CaseView, type Claim, caseCheck, claim, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { advertsFrom } from '../topology/adverts.ts'
import { masterState } from '../topology/master-state.ts'
import { LOOK, PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, sharedRouters } from '../topology/router-pairs.ts'
import { shouldHear } from '../topology/should-hear.ts'
import { type Speaker, sourceAddress } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

const messages = {
  lost: ailment<{ instance: string; from: string; to: string; source: string }>({
    title: (d) => `The network loses the adverts of ${d.from} on the way to ${d.to}`,
    text: (d) =>
      `Both are MASTER of ${d.instance}. ${d.from} (${d.source}) sends its adverts, but a capture on ${d.to}, which shows its own, has none of them. tcpdump sees what arrives before any firewall does, so they are lost between the two hosts.`,
    fix: () =>
      'Look at the path between the two ports: port isolation, VLAN membership, IGMP snooping without a querier, port security of the hypervisor. Where multicast cannot be had, use unicast_peer.',
  }),
}

const reasons = {
  ...PAIR_REASONS,
  'no-capture': (d: { from: string; to: string }) =>
    `whether the adverts of ${d.from} reach ${d.to} shows only a capture on ${d.to}`,
  'not-sent': (d: { from: string }) => `nothing shows that the adverts leave ${d.from}`,
}

export const vrrpLostInNetwork = caseCheck({
  id: 'vrrp-lost-in-network',
  title: 'The network carries the adverts from node to node',
  category: 'capture',
  severity: 'critical',
  stage: 'vrrp',
  why: 'Configuration and firewalls are right, and still both nodes are MASTER: switches and hypervisors may drop multicast, or isolate the ports. Only captures on both nodes show on which side the adverts get lost.',
  links: ['https://github.com/acassen/keepalived/issues/1367', 'https://github.com/acassen/keepalived/issues/2405'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed', 'rs-weight-zero'],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, view) {
    const hosts = views.map(({ host }) => host)
    const claims: Claim[] = []
    const open: { why: 'no-capture' | 'not-sent'; from: Speaker; to: Speaker; at: Cite }[] = []
    for (const router of sharedRouters(hosts)) {
      if (agree(router.speakers, ({ facts }) => heardMasters(facts.capture))) continue
      for (const from of router.speakers)
        for (const to of router.speakers) {
          if (from === to || !shouldHear(from, to)) continue
          const source = sourceAddress(from)?.ip
          const own = sourceAddress(to)?.ip
          const seen = vridSenders(to.host.facts.capture, to.instance.vrid?.value)
          if (seen?.sources.some(({ ip }) => ip === source)) continue
          const [one, other] = [masterState(from, view.topology), masterState(to, view.topology)]
          if (one.is === 'no' || other.is === 'no') continue
          const mine = seen?.sources.find(({ ip }) => ip === own)
          const at = one.at ?? from.instance.at
          const blind = source === undefined || mine === undefined || seen?.doubt !== undefined
          const [left, right] = [from.host.facts.links, to.host.facts.links]
          const apart = left.state === 'known' && right.state === 'known' && !view.comparable(left, right)
          if (blind || apart || one.is === 'unknown' || other.is === 'unknown')
            open.push({ why: 'no-capture', from, to, at })
          else {
            const sent = sendingLine(from, source, view)
            if (sent === undefined) open.push({ why: 'not-sent', from, to, at })
            else {
              const names = { instance: router.name, from: from.host.names[0], to: to.host.names[0], source }
              claims.push(
                claim(messages, 'lost', names, {
                  cites: [mine.first, mine.last, ...sent, at],
                  steps: [from, to].map(({ host }) => runStep(host.id, LOOK, 'safe')),
                  verify: `timeout 5 tcpdump -nn -i any 'ip proto 112 and src ${source}'   # on ${names.to}: one a second`,
                  about: aboutRouter({ ...router, speakers: [from, to] }),
                  proof: 'direct',
                }),
              )
            }
          }
        }
    }
    const [first] = open
    if (claims.length > 0 || first === undefined) return rulePairs(hosts, view.kase, claims)
    const names = { from: first.from.host.names[0], to: first.to.host.names[0] }
    return undecided(reasons, first.why, names, [first.at], [LOOK])
  },
})

/** Lines that show the adverts leaving: its own capture, behind OUTPUT, or rules that let them out. */
function sendingLine({ host, instance }: Speaker, source: string, { kase }: CaseView) {
  const own = vridSenders(host.facts.capture, instance.vrid?.value)?.sources.find(({ ip }) => ip === source)
  if (own !== undefined) return [own.first]
  const { firewall } = host.facts
  if (firewall.state === 'missing' || otherFilters(host.facts, 'output').is !== 'none') return undefined
  const flows = advertsFrom(host, kase.hosts).filter((flow) => flow.instance === instance.name)
  const { refused, accepted, doubt, split } = flowVerdicts(firewall, flows, advertsOut, 'output')
  const free = refused.length === 0 && doubt === undefined && split === undefined
  return free && isNonEmpty(accepted) ? accepted.slice(0, 1) : undefined
}
