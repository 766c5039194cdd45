/** The director's FORWARD chain refuses the answers of its NAT servers, before IPVS can turn them into answers of the VIP. */
import { filterDoubt } from '../kernel/filter/asking.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { natReplies, passTracked, replyPackets } from '../kernel/nat-replies.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { sysctlNumber } from '../kernel/sysctl.ts'
import { refusedAnswers } from '../kernel/wire/icmp-seen.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { ownAddresses } from '../topology/addresses.ts'
import { isStandby } from '../topology/standby.ts'
import { aboutTranslated, answerRule, answersOf, endsOf, serverNames, translatedBy } from '../topology/translated.ts'

type Blocked = { host: string; servers: string; client: string; rule: string; stateful: boolean; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} refuses to forward the answers of ${d.servers}`,
    text: (d) =>
      `In NAT mode the answers of ${d.servers} to ${d.client} pass FORWARD with the address of the real server. ${how(d)}` +
      (d.stateful
        ? ' A RELATED,ESTABLISHED rule does not count them: with net.ipv4.vs.conntrack=0 they belong to no connection that the firewall knows.'
        : '') +
      (d.latent ? ` ${d.host} does not hold the VIP now: this bites after a failover.` : ' No connection opens.'),
    fix: (d) =>
      `Accept the answers of ${d.servers} in FORWARD of ${d.host}, ahead of everything that refuses them` +
      (d.stateful ? ', or set net.ipv4.vs.conntrack to 1.' : '.'),
  })

const messages = {
  'rejected-by-rule': blocked((d) => `"${d.rule}" refuses them, and no rule before it accepts them.`),
  'dropped-by-policy': blocked(() => 'No rule accepts them, and the policy of FORWARD drops the rest.'),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether FORWARD lets the answers pass: ${d.why}`,
  'conntrack-unknown': (_: Record<string, never>) => 'it depends on net.ipv4.vs.conntrack, which was not seen',
  'servers-are-local': (_: Record<string, never>) => 'no server behind NAT is another machine with an IPv4 address',
  'other-filter': (d: { filter: string }) => `iptables forwards the answers, but ${d.filter} can still refuse them`,
  'nft-unseen': (_: Record<string, never>) => 'iptables forwards the answers; whether nft refuses them was not seen',
}

const MARKED = 'it depends on the protocol, which a service by firewall mark does not name'
const ASK = ['iptables-save -c']
const NFT = ['nft list ruleset']

export const natForwardBlocked = hostCheck({
  id: 'nat-forward-blocked',
  title: 'NAT directors let the answers of their real servers through FORWARD',
  category: 'firewall',
  severity: 'critical',
  stage: 'return',
  why: 'A NAT director forwards every answer like a router, so it meets the FORWARD chain, still with the real server as source. The catch-all REJECT there, which most default rule sets have, breaks every connection.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['nat-return-bypass', 'cap-admin-prohibited', 'cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'director',
  modes: ['NAT'],
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host: { facts }, firewall, fact }, view) {
    const sysctl = fact('sysctl')
    const conntrack = sysctl.state === 'known' ? sysctlNumber(sysctl.value, 'net.ipv4.vs.conntrack') : undefined
    const pool = translatedBy(id, view.topology.services)
    if (pool.length === 0) return notApplicable(reasons, 'servers-are-local', {}, firewall.from)
    const replies = natReplies(facts, pool, answersOf, view.topology.clients)
    const packets = (reply: (typeof replies)[0]) => replyPackets(reply, conntrack?.value)
    const { refused, accepted, doubt, split } = flowVerdicts(firewall, replies, packets, 'forward')
    const own = ownAddresses(facts).map(({ ip }) => ip)
    const claims = refused.map(({ flows, verdict, at, rules }): Claim => {
      const servers = flows.map((flow) => flow.server)
      const about = aboutTranslated(id, servers)
      const latent = isStandby(view.topology, id, about.vips ?? [])
      const refusals = refusedAnswers(
        view.kase,
        (capture) => view.comparable(firewall, capture),
        own,
        endsOf(servers).ips,
      )
      const proofs = refusals.slice(0, 1).map((packet) => packet.at)
      const stateful = conntrack?.value === 0 && passTracked(firewall, flows)
      const data = {
        host: name,
        servers: serverNames(servers),
        client: flows[0]?.client ?? 'any client',
        rule: verdict.rule?.text ?? '',
        stateful,
        latent,
      }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at, ...(stateful && conntrack ? [conntrack.at] : []), ...proofs],
        steps: [...new Set(servers.map(answerRule))].map((rule) => acceptAhead(id, rules, verdict, 'FORWARD', rule)),
        verify: 'ipvsadm -Ln --stats   # OutPkts grows together with InPkts',
        about,
        severity: latent ? 'warning' : 'critical',
        proof: proofs.length > 0 ? 'direct' : 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (doubt) return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(doubt.verdict) }, [doubt.at], ASK)
    if (split && conntrack) return undecided(reasons, 'rule-cannot-tell', { why: MARKED }, [split.at])
    if (split) return undecided(reasons, 'conntrack-unknown', {}, [split.at], ['sysctl net.ipv4.vs.conntrack'])
    const other = otherFilters(facts, 'forward')
    if (other.is === 'maybe') return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], NFT)
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, NFT)
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})
