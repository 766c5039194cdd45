/** A virtual service by firewall mark, and no rule that sets the mark. */
import { markAfter } from '../kernel/filter/mark.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Unmarked = { host: string; mark: number }

const messages = {
  'nobody-marks': ailment<Unmarked>({
    title: (d) => `The service of mark ${d.mark} on ${d.host} never gets a packet: nothing sets the mark`,
    text: (d) =>
      `IPVS takes packets for this service by their firewall mark ${d.mark} alone, and no rule of ${d.host} at PREROUTING sets it. Requests to the VIP reach the director itself, which refuses them.`,
    fix: (d) => `Mark the packets in table mangle, chain PREROUTING, of ${d.host}.`,
  }),
}

const reasons = {
  'no-mark-service': (_: Record<string, never>) => 'no virtual service here is chosen by a firewall mark',
  'may-be-set': (d: { mark: number }) => `a rule that was not followed may set mark ${d.mark}`,
  'not-listed': (_: Record<string, never>) => 'table mangle was not listed, or nft was not',
}

const ASK = ['iptables-save -c', 'nft list ruleset']

export const fwmarkWithoutMark = hostCheck({
  id: 'fwmark-without-mark',
  title: 'For every service by firewall mark a rule sets the mark',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'The mark is set by iptables or nft, the service stands in keepalived.conf. After a restart of the firewall one half is gone, the VIP is up, and clients are refused by the director.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.fwmark.html'],
  explains: ['cap-rst-from-director', 'cap-syn-unanswered'],
  on: 'director',
  needs: { firewall: 'part' },
  messages,
  reasons,
  run({ id, name, host, firewall }, { kase: { topology } }) {
    const services = topology.services.filter(({ fwmark, directors }) => fwmark !== undefined && directors.includes(id))
    if (services.length === 0) return notApplicable(reasons, 'no-mark-service', {}, firewall.from)
    const { tables } = firewall.value
    const rules = tables
      .filter((table) => table.name === 'mangle')
      .flatMap(({ chains }) => chains.flatMap((chain) => chain.rules))
    const marking = rules.filter(({ target }) => target?.name === 'MARK' || target?.name === 'CONNMARK')
    const { nft } = host.facts
    const native = nft.state === 'known' ? nft.value.tables.filter(({ ofIptables }) => !ofIptables) : []
    const other = native
      .flatMap(({ chains }) => chains.flatMap((chain) => chain.rules))
      .find(({ text }) => /\bmark set\b/.test(text))
    const looked: Cite[] = []
    const claims: Claim[] = []
    for (const { fwmark = 0, from } of services) {
      const sets = marking.find(({ target }) => target?.name === 'MARK' && markAfter(0, target.options) === fwmark)
      if (sets) {
        looked.push(sets.at)
        continue
      }
      const vague = marking.find(
        ({ target }) => target?.name === 'CONNMARK' || markAfter(0, target?.options ?? {}) === undefined,
      )
      const maybe = vague?.at ?? other?.at ?? firewall.unread[0]?.at
      if (maybe) return undecided(reasons, 'may-be-set', { mark: fwmark }, [maybe], ASK)
      const listed = firewall.whole && (firewall.value.allTables || tables.some((table) => table.name === 'mangle'))
      if (!listed || nft.state === 'missing' || !nft.whole)
        return undecided(reasons, 'not-listed', {}, firewall.from, ASK)
      const to = topology.vips.length === 1 ? ` -d ${topology.vips[0]?.ip}` : ''
      const rule = `PREROUTING${to} -p tcp -j MARK --set-mark ${fwmark}`
      claims.push(
        claim(
          messages,
          'nobody-marks',
          { host: name, mark: fwmark },
          {
            cites: [from[0], firewall.from[0]],
            steps: [runStep(id, `iptables -t mangle -A ${rule}`, 'safe', { undo: `iptables -t mangle -D ${rule}` })],
            verify: 'ipvsadm -Ln --stats   # InPkts of the FWM line grows while clients ask',
            about: { hosts: [id], vips: topology.vips.map(({ ip }) => ip) },
            proof: 'inferred',
          },
        ),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    return pass(isNonEmpty(looked) ? looked : firewall.from)
  },
})
