/** A rule that accepts VRRP, appended behind the one that refuses everything: it stands in the list and is never reached. */
import { advertPacket, filterDoubt, getsInLater } from '../kernel/filter/asking.ts'
import { acceptBehind, namesProtocol } from '../kernel/filter/late-accept.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { type Verdict, walk } from '../kernel/filter/walk.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type Known } from '../model/evidence.ts'
import type { FilterRule, Firewall } from '../model/facts.ts'
import { type AdvertFlow, aboutAdverts, advertRule, advertsTo } from '../topology/adverts.ts'
import { type Deaf, deafness } from '../topology/deaf-words.ts'
import { judgedAdverts, NO_ADVERT_REASONS } from '../topology/no-adverts.ts'

type Late = Deaf & { accept: string; refuse: string }

const messages = {
  'never-reached': ailment<Late>({
    title: (d) => `${d.host} accepts VRRP only behind the rule that refuses it`,
    text: (d) =>
      `Rules are tried from the top. "${d.refuse}" refuses the adverts before "${d.accept}" is reached, so that rule never matches one. ${deafness(d)}`,
    fix: (d) =>
      `Insert the rule ahead of "${d.refuse}" with -I instead of -A; the one behind it can go. In a rules file, move the line up.`,
  }),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether an accepting rule comes too late: ${d.why}`,
  'none-behind': (_: Record<string, never>) => 'VRRP is refused, but no rule further down would accept it',
  ...NO_ADVERT_REASONS,
  'other-filter': (d: { filter: string }) =>
    `iptables lets VRRP in; the order of rules in ${d.filter} was not followed`,
  'nft-unseen': (_: Record<string, never>) => 'iptables lets VRRP in; whether an nft table refuses it was not seen',
}

const ASK = ['iptables-save -c']

export const vrrpAcceptAfterReject = hostCheck({
  id: 'vrrp-accept-after-reject',
  title: 'The rule that accepts VRRP stands ahead of those that refuse it',
  category: 'firewall',
  severity: 'critical',
  stage: 'vrrp',
  why: 'iptables -A appends at the end of the chain. On a host whose chain ends in a catch-all REJECT the new rule is there, looks right and is never tried, so the node stays deaf and both become MASTER.',
  links: ['https://github.com/acassen/keepalived/issues/893'],
  explains: ['vrrp-blocked-input', 'cap-two-masters', 'dual-vip'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { firewall } = host
    const refused: Cite[] = []
    const accepted: Cite[] = []
    const late = new Map<FilterRule, { flows: AdvertFlow[]; verdict: Verdict; by: FilterRule }>()
    let doubt: Verdict | undefined
    const heard = judgedAdverts(host.host, advertsTo(host.host, view.kase.hosts), firewall.from)
    if (heard.none) return heard.none
    for (const flow of heard.flows) {
      const verdict = walk(firewall.value, firewall, advertPacket(flow), 'input')
      if (verdict.verdict === 'unknown') doubt ??= verdict
      else if (verdict.verdict === 'accept') accepted.push(verdict.by ?? firewall.from[0])
      else {
        refused.push(verdict.by ?? firewall.from[0])
        const behind = lateFor(firewall, flow, verdict)
        if (behind === undefined) continue
        if (behind.verdict === 'unknown') doubt ??= behind
        const { rule } = behind
        if (behind.verdict !== 'accept' || !rule || !verdict.rule) continue
        const group = late.get(rule) ?? { flows: [], verdict, by: verdict.rule }
        group.flows.push(flow)
        late.set(rule, group)
      }
    }
    const claims = [...late].map(([rule, { flows, verdict, by }]): Claim => {
      const [latent, later] = [flows.every((flow) => flow.highest), getsInLater(firewall, flows)]
      const counted = rule.counters?.packets === 0 && (by.counters?.packets ?? 0) > 0
      const words = [...new Set(flows.map((flow) => advertRule(flow, 'in')))]
      return claim(
        messages,
        'never-reached',
        { host: host.name, accept: rule.text, refuse: by.text, latent, later },
        {
          cites: [rule.at, by.at],
          steps: words.map((word) => acceptAhead(host.id, firewall.value, verdict, 'INPUT', word, 'moves-traffic')),
          verify:
            'iptables -nvL INPUT --line-numbers   # the vrrp rule stands above the REJECT and counts a packet a second',
          about: aboutAdverts(host.id, flows),
          severity: latent || later ? 'warning' : 'critical',
          proof: counted ? 'direct' : 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (doubt)
      return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(doubt) }, [doubt.by ?? firewall.from[0]], ASK)
    if (isNonEmpty(refused)) return notApplicable(reasons, 'none-behind', {}, refused)
    const other = otherFilters(host.host.facts, 'input')
    if (other.is === 'maybe')
      return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], ['nft list ruleset'])
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, ['nft list ruleset'])
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})

/** A rule that refuses VRRP by name means it; a general accept further down is then no rule in the wrong place. */
function lateFor(firewall: Known<Firewall>, flow: AdvertFlow, refusal: Verdict): Verdict | undefined {
  const behind = acceptBehind(firewall.value, firewall, advertPacket(flow), 'input')
  const onPurpose = refusal.rule !== undefined && namesProtocol(refusal.rule, flow.protocol)
  return onPurpose && !(behind.rule && namesProtocol(behind.rule, flow.protocol)) ? undefined : behind
}
