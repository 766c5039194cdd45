/** Two nodes send adverts of one VRID at the same time: both believe to be MASTER, and both take the VIP. */
import { areApart, type OverlapWitness, pairsOf, presentMasters, type Sighted } from '../kernel/wire/present-masters.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { advertSenders } from '../topology/advert-senders.ts'

type Two = {
  vrid: number
  winner: string
  loser: string
  priorities: string
  seconds: number
  host: string
  witness: OverlapWitness
}

const SEEN: Readonly<Record<OverlapWitness, (d: Two) => string>> = {
  loser: (d) =>
    `The capture is from ${d.host}, which should give way, and shows the adverts of ${d.winner} coming in. So the network is fine: the firewall of ${d.host} drops them, or keepalived refuses them because the instances differ (password, version, interval, VIPs).`,
  winner: (d) =>
    `The capture is from ${d.host}, which should stay master. Capture on ${d.loser} too: if the adverts arrive there, its firewall or its configuration refuses them, else the network loses them.`,
  other: (d) =>
    `Seen from ${d.host}: the adverts of both reach the network. A capture on ${d.loser} shows whether those of ${d.winner} arrive there.`,
}

const messages = {
  'two-masters': ailment<Two>({
    title: (d) => `${d.winner} and ${d.loser} are both master of VRID ${d.vrid}`,
    text: (d) =>
      `Both send adverts, ${d.seconds > 0 ? `for ${d.seconds} s side by side` : 'in turns'}, with priorities ${d.priorities}. An election would be over after one or two. ${SEEN[d.witness](d)}`,
    fix: (d) =>
      `Find out why ${d.loser} does not give way to ${d.winner}: the firewall first, then compare the instances.`,
  }),
  'two-clusters': ailment<Two>({
    title: (d) => `${d.winner} and ${d.loser} use VRID ${d.vrid} for different VIPs in one network`,
    text: (d) =>
      `Both send adverts of VRID ${d.vrid}, and their VIPs have nothing in common: two clusters with one number. Each refuses the adverts of the other and fills its log. Seen from ${d.host}.`,
    fix: () => 'Give one of the clusters a virtual_router_id that nobody uses yet.',
  }),
}

const reasons = {
  'no-adverts': (_: Record<string, never>) => 'no capture shows a VRRP advert',
  'cannot-tell': (d: { why: string }) => `cannot tell whether there is one master: ${d.why}`,
}

const LOOK = 'tcpdump -nn -v -i any -c 20 vrrp'
const APART = 'captures of two hosts show different masters, at one time or one after the other'

export const capTwoMasters = caseCheck({
  id: 'cap-two-masters',
  title: 'Every VRID has one master on the wire',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A node sends adverts only while it is MASTER. Two that keep sending for longer than an election takes both hold the VIP, and neighbours go to whichever announced itself last.',
  links: ['https://www.rfc-editor.org/rfc/rfc5798#section-6', 'https://github.com/acassen/keepalived/issues/893'],
  explains: ['dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, view) {
    const all = hosts.flatMap(({ host, capture }) => presentMasters(capture).map((master) => ({ by: host, master })))
    const claims = pairsOf(all).map((pair) => claimOf(pair, view.kase.hosts))
    if (isNonEmpty(claims)) return fail(claims)
    const present = all.map(({ master }) => master)
    const [first, ...others] = present
    if (first === undefined) {
      const from = hosts.flatMap(({ capture }) => capture.from)
      return notApplicable(reasons, 'no-adverts', {}, from as unknown as NonEmpty<Cite>)
    }
    const apart = present.find((one) => present.some((other) => areApart(one, other)))
    const open = apart ?? present.find(({ doubt }) => doubt !== undefined)
    if (open !== undefined)
      return undecided(reasons, 'cannot-tell', { why: apart ? APART : (open.doubt ?? '') }, [open.at], [LOOK])
    return pass([first.at, ...others.map(({ at }) => at)])
  },
})

function claimOf({ by: { id, names }, overlap, ranked }: Sighted<Host>, hosts: readonly Host[]): Claim {
  const { vrid, seconds = 0, cites } = overlap
  const { winner, loser, witness, strangers } = ranked
  const senders = advertSenders(hosts, vrid, [winner.ip, loser.ip])
  const priorities = `${winner.priorities.join('/')} and ${loser.priorities.join('/')}`
  const pair = { vrid, winner: winner.ip, loser: loser.ip, priorities, seconds: Math.round(seconds) }
  const [at = overlap.one.first, ...rest] = cites
  return claim(
    messages,
    strangers ? 'two-clusters' : 'two-masters',
    { ...pair, host: names[0], witness },
    {
      cites: [at, ...rest],
      steps: senders.hosts.map((node) => runStep(node, LOOK, 'safe')),
      verify: `${LOOK}   # VRID ${vrid} comes from one address only`,
      about: { ...senders, hosts: senders.hosts.length > 0 ? senders.hosts : [id] },
      severity: strangers ? 'warning' : 'critical',
      proof: 'direct',
    },
  )
}
