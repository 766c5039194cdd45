/** Adverts of one VRID that differ in their list of VIPs: the nodes refuse each other. */
import { advertised, type Disagreement, disagreements } from '../kernel/wire/disagree.ts'
import type { MasterSource } from '../kernel/wire/masters.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { advertSenders } from '../topology/advert-senders.ts'

type Differ = { vrid: number; a: string; b: string; saysA: string; saysB: string; host: string }

const messages = {
  differs: ailment<Differ>({
    title: (d) => `${d.a} and ${d.b} advertise VRID ${d.vrid} with another list of VIPs`,
    text: (d) =>
      `${d.a} sends ${d.saysA}, ${d.b} sends ${d.saysB}${d.saysA === d.saysB ? ', with different passwords' : ''}; seen on ${d.host}. Each refuses the adverts of the other and takes itself for the only one.`,
    fix: () => 'Make virtual_ipaddress equal on both; where they are two clusters, give one another virtual_router_id.',
  }),
}

const reasons = {
  'no-adverts': (_: Record<string, never>) => 'no capture shows a VRRP advert',
  'not-printed': (_: Record<string, never>) => 'the adverts do not show their list of VIPs (tcpdump -v does)',
  'cannot-tell': (d: { why: string }) => `the senders that were seen agree, but ${d.why}`,
}

const LOOK = 'tcpdump -nn -v -i any -c 20 vrrp'

export const capVrrpVipsDiff = caseCheck({
  id: 'cap-vrrp-vips-diff',
  title: 'All senders of a VRID announce the same VIPs',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A node warns about adverts with another list of addresses than its own, or drops them (vrrp_strict, old releases). Two clusters with one VRID in one network look the same.',
  links: ['https://www.rfc-editor.org/rfc/rfc3768#section-7.1'],
  explains: ['cap-two-masters', 'dual-vip'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const claims = disagreements(hosts, (source) => source.vips).map((one) => claimOf(one, kase.hosts))
    if (isNonEmpty(claims)) return fail(claims)
    const seen = advertised(hosts)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    if (seen.length === 0) return notApplicable(reasons, 'no-adverts', {}, looked)
    const mute = seen.some(({ master }) => master.sources.some((source) => source.vips.length === 0))
    // What was not printed may differ all the same.
    if (mute) return undecided(reasons, 'not-printed', {}, looked, [LOOK])
    const sight = sightOf(seen, 'vrrp')
    if (sight.is !== 'clear') return undecided(reasons, 'cannot-tell', { why: sight.why }, looked, [LOOK])
    const [first, ...rest] = seen.map(({ master }) => master.at)
    return pass(first === undefined ? looked : [first, ...rest])
  },
})

function claimOf({ host, vrid, one, other }: Disagreement<Host>, hosts: readonly Host[]): Claim {
  const senders = advertSenders(hosts, vrid, [one.ip, other.ip])
  const says = ({ vips }: MasterSource): string => vips.join(', ')
  const data = { vrid, a: one.ip, b: other.ip, saysA: says(one), saysB: says(other), host: host.names[0] }
  return claim(messages, 'differs', data, {
    cites: [one.first, other.first],
    steps: senders.hosts.map((node) => runStep(node, LOOK, 'safe')),
    verify: `${LOOK}   # the adverts of VRID ${vrid} agree`,
    about: { ...senders, hosts: senders.hosts.length > 0 ? senders.hosts : [host.id] },
    proof: 'direct',
  })
}
