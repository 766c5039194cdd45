/** VRRP refused on the way out: the MASTER's own firewall eats its adverts, and the peers take it for dead. */
import { advertsOut, filterDoubt } from '../kernel/filter/asking.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { aboutSent, advertRule, advertsFrom } from '../topology/adverts.ts'
import { carrier } from '../topology/deaf-words.ts'
import { directorLines, saidSinceStart } from '../topology/keepalived-run.ts'
import { judgedAdverts, NO_ADVERT_REASONS } from '../topology/no-adverts.ts'
import { holdsOne } from '../topology/standby.ts'

type Blocked = { host: string; rule: string; logged: boolean; latent: boolean; ah: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall drops its own VRRP adverts`,
    text: (d) =>
      how(d) +
      (d.logged ? ' keepalived logs "Operation not permitted" for the adverts it tries to send.' : '') +
      (d.latent
        ? ` ${d.host} is outranked by its peer and sends nothing now; once it takes over, nobody hears it.`
        : ` The peers never hear ${d.host}, take it for dead and become MASTER beside it: both hold the VIP.`),
    fix: (d) => `Accept ${carrier(d)} in OUTPUT of ${d.host}, ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `On the way out "${d.rule}" refuses VRRP, and no rule before it accepts it.`),
  'dropped-by-policy': blocked(() => 'The policy of OUTPUT drops what no rule accepts, and no rule accepts VRRP.'),
  'refused-unseen': blocked(() => 'The kernel refuses to send the adverts; the rule that does it was not listed.'),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets VRRP out: ${d.why}`,
  'answers-only': (_: Record<string, never>) => 'unicast VRRP gets out only after the peer has been heard',
  'log-disagrees': (_: Record<string, never>) => 'adverts could not be sent, says the log; the rules let them out',
  'not-seen': (_: Record<string, never>) => 'the firewall was not listed, and the log does not say',
  'log-unseen': (_: Record<string, never>) => 'the rules let VRRP out; whether keepalived complains was not seen',
  ...NO_ADVERT_REASONS,
  'other-filter': (d: { filter: string }) => `iptables lets VRRP out, but ${d.filter} can still refuse it`,
  'nft-unseen': (_: Record<string, never>) => 'iptables lets VRRP out; whether an nft table refuses it was not seen',
}

const [ASK, NFT] = [['iptables-save -c'], ['nft list ruleset']]
const LOG = ['journalctl -u keepalived -n 200 --no-pager']
const VERIFY = "journalctl -u keepalived -f   # no 'send advert error' any more while this node is MASTER"

export const vrrpBlockedOutput = hostCheck({
  id: 'vrrp-blocked-output',
  title: 'Every director lets its own VRRP adverts out',
  category: 'firewall',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A MASTER whose own firewall drops its adverts is silent for the others: a BACKUP takes over the VIP although the MASTER still has it. Only the log of the silent node tells.',
  links: ['https://github.com/acassen/keepalived/issues/893'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ id, name, host, fact }, { kase, topology }) {
    const [firewall, log, other] = [fact('firewall'), fact('log'), otherFilters(host.facts, 'output')]
    const looked = firewall.state === 'known' ? firewall.from : directorLines(host)
    const { flows, none } = judgedAdverts(host, advertsFrom(host, kase.hosts), looked)
    if (none) return none
    const refusals = saidSinceStart(host, 'send-failed').filter(({ event }) => /^Operation not/.test(event.reason))
    const logged = refusals.map(({ entry }) => entry.at).slice(-2)
    const rest = { verify: VERIFY, proof: logged.length > 0 ? 'direct' : 'inferred' } as const
    const told = { host: name, logged: logged.length > 0, ah: flows.some((flow) => flow.protocol === 51) }
    const seen = firewall.state === 'known' ? flowVerdicts(firewall, flows, advertsOut, 'output') : undefined
    const claims = (seen?.refused ?? []).map(({ flows: some, verdict, at, rules }): Claim => {
      const about = aboutSent(host, kase.hosts, some)
      const latent = !isNonEmpty(logged) && some.every((f) => f.outranked) && !holdsOne(topology, id, about.vips ?? [])
      const words = [...new Set(some.map((flow) => advertRule(flow, 'out')))]
      const data = { ...told, rule: verdict.rule?.text ?? '', latent }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        ...rest,
        cites: [at, ...logged],
        steps: words.map((word) => acceptAhead(id, rules, verdict, 'OUTPUT', word, 'moves-traffic')),
        about,
        severity: latent ? 'warning' : 'critical',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (seen && isNonEmpty(logged) && !seen.doubt && !seen.split && other.is === 'none')
      return undecided(reasons, 'log-disagrees', {}, logged, [...LOG, ...ASK])
    // Rules that were changed at some point of the session may have repaired what the log complains of.
    if (isNonEmpty(logged) && !kase.changes.some((change) => change.host === id && change.kind === 'firewall')) {
      const data = { ...told, rule: '', latent: false }
      return fail([
        claim(messages, 'refused-unseen', data, {
          ...rest,
          cites: logged,
          steps: [runStep(id, [...ASK, ...NFT].join('; '), 'safe')],
          about: aboutSent(host, kase.hosts, flows),
        }),
      ])
    }
    if (!seen) return undecided(reasons, 'not-seen', {}, looked, ASK)
    const { doubt } = seen
    if (doubt) return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(doubt.verdict) }, [doubt.at], ASK)
    if (seen.split) return undecided(reasons, 'answers-only', {}, [seen.split.at])
    if (other.is === 'maybe') return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], NFT)
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, looked, NFT)
    if (log.state === 'missing' || !log.whole) return undecided(reasons, 'log-unseen', {}, looked, LOG)
    return pass([...looked, ...log.from.slice(0, 1)])
  },
})
