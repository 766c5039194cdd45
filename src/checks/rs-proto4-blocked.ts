/** IP in IP refused by the firewall of a TUN real server: the director's packets end at its door. */
import { filterDoubt } from '../kernel/filter/asking.ts'
import { flowVerdicts } from '../kernel/filter/flow-verdicts.ts'
import type { FilterPacket } from '../kernel/filter/packet.ts'
import { acceptAhead } from '../kernel/filter/repair.ts'
import { otherFilters } from '../kernel/other-filters.ts'
import { towards } from '../kernel/towards.ts'
import { refusedTunnels } from '../kernel/wire/icmp-seen.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { isStandby } from '../topology/standby.ts'
import { type Tunnel, tunnelsTo } from '../topology/tunnels.ts'

/** A tunnel with the outer source address, where the director's routes or addresses tell it. */
type Sent = Tunnel & { readonly dip?: string }
type Blocked = { host: string; rip: string; from: string; rule: string; latent: boolean }

const blocked = (how: (d: Blocked) => string) =>
  ailment<Blocked>({
    title: (d) => `${d.host} firewall refuses the tunnel from ${d.from}`,
    text: (d) =>
      `In TUN mode a director wraps every packet for ${d.host} in IP protocol 4 (IP in IP) and sends it to ${d.rip}. ${how(d)} ` +
      (d.latent
        ? `${d.from} does not hold the VIP now; after a failover ${d.host} gets no request.`
        : `No request that is balanced to ${d.host} arrives, although its health check on ${d.rip} may be fine.`),
    fix: (d) => `Accept IP protocol 4 from the directors in INPUT of ${d.host}, ahead of everything that refuses it.`,
  })

const messages = {
  'rejected-by-rule': blocked((d) => `Its firewall refuses that with "${d.rule}", and no rule before it accepts it.`),
  'dropped-by-policy': blocked(() => 'No rule of its firewall accepts that, and the policy drops the rest.'),
}

const reasons = {
  'rule-cannot-tell': (d: { why: string }) => `cannot tell whether the firewall lets the tunnel in: ${d.why}`,
  'no-tunnel': (_: Record<string, never>) => 'no tunnel from another machine ends here',
  'other-filter': (d: { filter: string }) => `iptables lets the tunnel in, but ${d.filter} can still refuse it`,
  'nft-unseen': (_: Record<string, never>) =>
    'iptables lets the tunnel in; whether an nft table refuses it was not seen',
}

const ASK = ['iptables-save -c']

export const rsProto4Blocked = hostCheck({
  id: 'rs-proto4-blocked',
  title: 'TUN real servers let IP protocol 4 in',
  category: 'firewall',
  severity: 'critical',
  stage: 'real-server',
  why: 'A rule for the port of the service is not enough in TUN mode: the packet arrives as IP protocol 4 and is unwrapped only after INPUT has let it in. Refused there, the server serves nobody while its health check stays green.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-Tun.html'],
  explains: ['cap-admin-prohibited', 'cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['TUN'],
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, view) {
    const { kase, topology } = view
    const tunnels = tunnelsTo(host, topology).map((tunnel): Sent => {
      const director = tunnel.director === undefined ? undefined : view.hostOf(tunnel.director)
      const dip = director && towards(director.facts, tunnel.rip)?.src
      return { ...tunnel, ...(dip === undefined ? {} : { dip }) }
    })
    if (tunnels.length === 0) return notApplicable(reasons, 'no-tunnel', {}, firewall.from)
    const { refused, accepted, doubt } = flowVerdicts(firewall, tunnels, (sent) => [outerPacket(sent)], 'input')
    const claims = refused.map(({ flows, verdict, at, rules }): Claim => {
      const directors = flows.flatMap(({ director }) => director ?? [])
      const vips = [...new Set(flows.flatMap((flow) => flow.vips))]
      const latent = directors.length > 0 && directors.every((director) => isStandby(topology, director, vips))
      const errors = refusedTunnels(kase, (capture) => view.comparable(firewall, capture), flows)
      const proofs = verdict.verdict === 'reject' ? errors.slice(0, 1).map((packet) => packet.at) : []
      const words = flows.map(({ dip, rip }) => (dip === undefined ? `-p 4 -d ${rip}` : `-p 4 -s ${dip}`))
      const from = [...new Set(flows.map(({ director, dip }) => director ?? dip ?? 'its director'))].join(' and ')
      const data = { host: name, rip: flows[0]?.rip ?? '', from, rule: verdict.rule?.text ?? '', latent }
      return claim(messages, verdict.rule ? 'rejected-by-rule' : 'dropped-by-policy', data, {
        cites: [at, ...proofs],
        steps: [...new Set(words)].map((word) => acceptAhead(id, rules, verdict, 'INPUT', word)),
        verify: 'iptables -nvL INPUT --line-numbers   # the rule for protocol 4 counts while clients ask',
        about: { hosts: [...new Set([id, ...directors])], vips },
        severity: latent ? 'warning' : 'critical',
        proof: proofs.length > 0 ? 'direct' : 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (doubt) return undecided(reasons, 'rule-cannot-tell', { why: filterDoubt(doubt.verdict) }, [doubt.at], ASK)
    const other = otherFilters(host.facts, 'input')
    if (other.is === 'maybe')
      return undecided(reasons, 'other-filter', { filter: other.name }, [other.at], ['nft list ruleset'])
    if (other.is === 'unseen') return undecided(reasons, 'nft-unseen', {}, firewall.from, ['nft list ruleset'])
    return pass(isNonEmpty(accepted) ? accepted : firewall.from)
  },
})

/** Nothing answers in protocol 4, so to connection tracking each packet is the first of its kind. */
function outerPacket({ rip, dip, dev }: Sent): FilterPacket {
  const where = dev === undefined ? { notIn: ['lo'] } : { in: dev }
  return { protocol: 4, dst: rip, ctstate: 'NEW', mark: 0, ...(dip === undefined ? {} : { src: dip }), ...where }
}
