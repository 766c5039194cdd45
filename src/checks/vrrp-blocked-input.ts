/** VRRP refused by INPUT: the node never hears its peer and becomes MASTER beside it. Neither daemon logs a word. */
import { advertPacket, chainPosition, filterDoubt } from '../kernel/filter/asking.ts'
import { walk } from '../kernel/filter/walk.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { insertRule } from '../model/fix.ts'
import { advertRule, advertsTo } from '../topology/adverts.ts'

type Blocked = { host: string; peer: string; rule: string; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall drops VRRP from ${d.peer}`,
    text: (d) =>
      d.latent
        ? `${how(d)} So ${d.host} never hears ${d.peer}. It has the higher priority and stays MASTER anyway; this bites as soon as the roles turn round.`
        : `${how(d)} So ${d.host} never hears ${d.peer}, takes it for dead and becomes MASTER beside it: both hold the VIP.`,
    fix: (d) => `Accept IP protocol 112 (VRRP) on ${d.host} ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked(
    (d) => `VRRP is IP protocol 112, not TCP or UDP, and no rule before "${d.rule}" accepts it.`,
  ),
  'dropped-by-policy': blocked(
    () => 'VRRP is IP protocol 112, no rule accepts it, and the policy of INPUT drops the rest.',
  ),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets VRRP in: ${d.why}`,
  'other-filter': (d: { filter: string }) => `iptables lets VRRP in, but ${d.filter} can still refuse it`,
  'nft-unseen': (_: Record<string, never>) => 'iptables lets VRRP in; whether an nft table refuses it was not seen',
}

export const vrrpBlockedInput = hostCheck({
  id: 'vrrp-blocked-input',
  title: 'Every director lets VRRP in',
  category: 'firewall',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A director that does not hear its peer takes over the VIP although the peer still has it: split brain. Nothing is logged, and tcpdump still shows the adverts because it looks before the firewall does.',
  links: ['https://github.com/acassen/keepalived/issues/893'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { firewall } = host
    const claims: Claim[] = []
    const accepted: Cite[] = []
    for (const flow of advertsTo(host.host, view.kase.hosts)) {
      const verdict = walk(firewall.value, firewall, advertPacket(flow), 'input')
      const at = verdict.by ?? firewall.from[0]
      if (verdict.verdict === 'unknown')
        return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(verdict) }, [at], ['iptables-save -c'])
      accepted.push(at)
      if (verdict.verdict === 'accept') continue
      const { rule } = verdict
      const data = {
        host: host.name,
        peer: flow.peer ?? flow.src ?? 'its peer',
        rule: rule?.text ?? '',
        latent: flow.highest,
      }
      claims.push(
        claim(messages, rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
          cites: [at],
          steps: [
            insertRule(
              host.id,
              'INPUT',
              chainPosition(firewall.value, verdict),
              `${advertRule(flow, 'in')} -j ACCEPT`,
              'moves-traffic',
            ),
          ],
          verify: 'iptables -nvL INPUT --line-numbers   # the vrrp rule counts about one packet a second',
          about: {
            hosts: flow.peer === undefined ? [host.id] : [host.id, flow.peer],
            vips: flow.vips,
            instances: flow.instance === undefined ? [] : [flow.instance],
          },
          severity: flow.highest ? 'warning' : 'critical',
          proof: 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    const other = otherFilters(host.host.facts, 'input')
    if (other.is === 'maybe')
      return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], ['nft list ruleset'])
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, ['nft list ruleset'])
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})
