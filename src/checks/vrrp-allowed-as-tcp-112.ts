/** TCP or UDP port 112 opened for VRRP: VRRP has no ports, 112 is the number of its IP protocol. */
import { advertPacket, filterDoubt, getsInLater } from '../kernel/filter/asking.ts'
import { openedPort } from '../kernel/filter/opened-port.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { type Verdict, walk } from '../kernel/filter/walk.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { type AdvertFlow, aboutAdverts, advertRule, advertsTo } from '../topology/adverts.ts'
import { type Deaf, deafness } from '../topology/deaf-words.ts'
import { judgedAdverts, NO_ADVERT_REASONS } from '../topology/no-adverts.ts'

type Mistaken = Deaf & { port: string; rule: string }

const messages = {
  'port-instead-of-protocol': ailment<Mistaken>({
    title: (d) => `${d.host} opens ${d.port} port 112 instead of IP protocol 112`,
    text: (d) =>
      `"${d.rule}" was meant for VRRP, but VRRP does not run over ${d.port} and has no ports: 112 is its IP protocol number. The rule matches no advert and the firewall refuses them. ${deafness(d)}`,
    fix: (d) => `Accept IP protocol 112 (-p vrrp) on ${d.host}. The rule for the port can go.`,
  }),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets VRRP in: ${d.why}`,
  'cut-short': (_: Record<string, never>) => 'VRRP is refused, but the listing of rules is not complete',
  'no-such-rule': (_: Record<string, never>) => 'VRRP is refused, but no rule opens port 112 for it',
  ...NO_ADVERT_REASONS,
  'other-filter': (d: { filter: string }) => `iptables lets VRRP in, but ${d.filter} can still refuse it`,
  'nft-unseen': (_: Record<string, never>) => 'iptables lets VRRP in; whether an nft table refuses it was not seen',
}

export const vrrpAllowedAsTcp112 = hostCheck({
  id: 'vrrp-allowed-as-tcp-112',
  title: 'VRRP is accepted as IP protocol 112, not as a port',
  category: 'firewall',
  severity: 'critical',
  stage: 'vrrp',
  why: 'The 112 of VRRP is an IP protocol number like the 6 of TCP. A rule for tcp or udp port 112 never matches an advert, so the node stays deaf although its firewall seems to be open.',
  links: ['https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml'],
  explains: ['vrrp-blocked-input', 'cap-two-masters', 'dual-vip'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { firewall } = host
    const refused: { flow: AdvertFlow; verdict: Verdict; at: Cite }[] = []
    const accepted: Cite[] = []
    const heard = judgedAdverts(host.host, advertsTo(host.host, view.kase.hosts), firewall.from)
    if (heard.none) return heard.none
    for (const flow of heard.flows) {
      const verdict = walk(firewall.value, firewall, advertPacket(flow), 'input')
      const at = verdict.by ?? firewall.from[0]
      if (verdict.verdict === 'unknown')
        return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(verdict) }, [at], ['iptables-save -c'])
      if (verdict.verdict === 'accept') accepted.push(at)
      else refused.push({ flow, verdict, at })
    }
    const [first] = refused
    if (first) {
      const opened = openedPort(firewall.value, 112)
      if (!opened && !firewall.whole) return undecided(reasons, 'cut-short', {}, [first.at], ['iptables-save -c'])
      if (!opened) return notApplicable(reasons, 'no-such-rule', {}, [first.at])
      const flows = refused.map(({ flow }) => flow)
      const [latent, later] = [flows.every((flow) => flow.highest), getsInLater(firewall, flows)]
      const data = { host: host.name, port: opened.protocol, rule: opened.rule.text, latent, later }
      const words = [...new Set(flows.map((flow) => advertRule(flow, 'in')))]
      return fail([
        claim(messages, 'port-instead-of-protocol', data, {
          cites: [opened.rule.at, first.at],
          steps: words.map((word) =>
            acceptAhead(host.id, firewall.value, first.verdict, 'INPUT', word, 'moves-traffic'),
          ),
          verify: 'iptables -nvL INPUT --line-numbers   # the vrrp rule counts about one packet a second',
          about: aboutAdverts(host.id, flows),
          severity: latent || later ? 'warning' : 'critical',
          proof: 'inferred',
        }),
      ])
    }
    const other = otherFilters(host.host.facts, 'input')
    if (other.is === 'maybe')
      return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], ['nft list ruleset'])
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, ['nft list ruleset'])
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})
