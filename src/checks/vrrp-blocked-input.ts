/** VRRP refused by INPUT: the node never hears its peer and becomes MASTER beside it. Neither daemon logs a word. */
import { advertsIn, filterDoubt } from '../kernel/filter/asking.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { type AdvertFlow, aboutAdverts, advertRule, advertsTo } from '../topology/adverts.ts'
import { carrier } from '../topology/deaf-words.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { judgedAdverts, NO_ADVERT_REASONS } from '../topology/no-adverts.ts'
import { virtualRouters } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Blocked = { host: string; peer: string; rule: string; latent: boolean; agreed: boolean; ah: boolean }

const protocol = ({ ah }: Blocked): string =>
  ah ? 'auth_type AH sends adverts as IP protocol 51, not 112' : 'VRRP is IP protocol 112, not TCP or UDP'

function effect({ host, peer, latent, agreed }: Blocked): string {
  if (latent)
    return `So ${host} never hears ${peer}. It has the higher priority and stays MASTER anyway; this bites as soon as the roles turn round.`
  if (agreed)
    return `So ${host} should not hear ${peer}, yet logs or captures show that one is MASTER and the others wait: the rules are newer than that, or something ahead of them lets VRRP in.`
  return `So ${host} never hears ${peer}, takes it for dead and becomes MASTER beside it: both hold the VIP.`
}

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall drops VRRP from ${d.peer}`,
    text: (d) => `${how(d)} ${effect(d)}`,
    fix: (d) => `Accept ${carrier(d)} on ${d.host} ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `${protocol(d)}, and no rule before "${d.rule}" accepts it.`),
  'dropped-by-policy': blocked((d) => `${protocol(d)}; no rule accepts it, and the policy of INPUT drops the rest.`),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets VRRP in: ${d.why}`,
  'conf-unseen': (_: Record<string, never>) => 'multicast VRRP is let in; whether adverts go that way was not seen',
  'answers-only': (d: { host: string }) => `unicast VRRP gets in only once ${d.host} has sent an advert itself`,
  ...NO_ADVERT_REASONS,
  'other-filter': (d: { filter: string }) => `iptables lets VRRP in, but ${d.filter} can still refuse it`,
  'nft-unseen': (_: Record<string, never>) => 'iptables lets VRRP in; whether an nft table refuses it was not seen',
}

const [CONF, NFT] = [[`cat ${MAIN_CONF}`], ['nft list ruleset']]

export const vrrpBlockedInput = hostCheck({
  id: 'vrrp-blocked-input',
  title: 'Every director lets VRRP in',
  category: 'firewall',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A director that does not hear its peer takes over the VIP although the peer still has it: split brain. Nothing is logged, and tcpdump still shows the adverts because it looks before the firewall does.',
  links: ['https://github.com/acassen/keepalived/issues/893'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed', 'cap-admin-prohibited'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { kase }) {
    const { flows, none } = judgedAdverts(host, advertsTo(host, kase.hosts), firewall.from)
    if (none) return none
    const { refused, accepted, doubt, split } = flowVerdicts(firewall, flows, advertsIn, 'input')
    const routers = virtualRouters(kase.hosts).filter(({ speakers }) =>
      agree(speakers, ({ facts }) => heardMasters(facts.capture)),
    )
    const agreed = ({ instance }: AdvertFlow): boolean =>
      routers.some(({ speakers }) => speakers.some((s) => s.host.id === id && s.instance.name === instance))
    const claims = refused.map(({ flows: some, verdict, at, rules }): Claim => {
      const peers = some.map((flow) => flow.peer ?? flow.src ?? 'its peer')
      const data = {
        host: name,
        peer: [...new Set(peers)].join(' and '),
        rule: verdict.rule?.text ?? '',
        latent: some.every((flow) => flow.highest),
        agreed: some.every(agreed),
        ah: some.some((flow) => flow.protocol === 51),
      }
      const words = [...new Set(some.map((flow) => advertRule(flow, 'in')))]
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at],
        steps: words.map((word) => acceptAhead(id, rules, verdict, 'INPUT', word, 'moves-traffic')),
        verify: 'iptables -nvL INPUT --line-numbers   # the vrrp rule counts about one packet a second',
        about: aboutAdverts(id, some),
        severity: data.latent || data.agreed ? 'warning' : 'critical',
        proof: 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (doubt)
      return undecided(
        reasons,
        'rule-cannot-tell',
        { why: filterDoubt(doubt.verdict) },
        [doubt.at],
        ['iptables-save -c'],
      )
    if (split) return undecided(reasons, 'answers-only', { host: name }, [split.at])
    if (host.facts.keepalived.state === 'missing') return undecided(reasons, 'conf-unseen', {}, firewall.from, CONF)
    const other = otherFilters(host.facts, 'input')
    if (other.is === 'maybe') return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], NFT)
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, NFT)
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})
