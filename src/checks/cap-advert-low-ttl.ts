/** Adverts whose TTL is not 255 came over a router or a proxy: keepalived refuses them. */
import { advertised } from '../kernel/wire/disagree.ts'
import type { MasterSource } from '../kernel/wire/masters.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { advertSenders } from '../topology/advert-senders.ts'

type Low = { vrid: number; from: string; ttls: readonly number[]; host: string }

const messages = {
  'not-255': ailment<Low>({
    title: (d) => `Adverts of VRID ${d.vrid} from ${d.from} arrive with TTL ${d.ttls.join(', ')}`,
    text: (d) =>
      `Every advert leaves with TTL 255, and a receiver drops what has less: it was forwarded, or somebody else made it. Seen on ${d.host}.`,
    fix: (d) =>
      `Find what passes the adverts of ${d.from} on (a router, an mrouted, a multicast proxy): both nodes belong into one network, or use unicast_peer there (keepalived checks the TTL of unicast adverts only with check_unicast_src).`,
  }),
}

const reasons = {
  'no-adverts': (_: Record<string, never>) => 'no capture shows a VRRP advert',
  'cannot-tell': (_: Record<string, never>) => 'the capture breaks off, adverts with another TTL may follow',
}

const LOOK = 'tcpdump -nn -v -i any -c 20 vrrp'

export const capAdvertLowTtl = caseCheck({
  id: 'cap-advert-low-ttl',
  title: 'Adverts arrive with TTL 255',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'VRRP is for one network. An advert with another TTL than 255 came from elsewhere, and keepalived refuses it; the backup hears nobody and becomes MASTER too.',
  links: ['https://www.rfc-editor.org/rfc/rfc5798#section-5.1.1.3'],
  explains: ['cap-two-masters', 'dual-vip'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const seen = advertised(hosts)
    const low = new Map<string, Claim>()
    for (const { host, master } of seen)
      for (const source of master.sources) {
        const vrid = Number(master.key.split(' ')[0])
        // Unicast adverts cross routers by right.
        const group = source.destinations.some((dst) => dst === '224.0.0.18' || dst === 'ff02::12')
        if (group && source.ttls.some((ttl) => ttl !== 255) && !low.has(`${vrid} ${source.ip}`))
          low.set(`${vrid} ${source.ip}`, claimOf(host, vrid, source, kase.hosts))
      }
    const claims = [...low.values()]
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const [first, ...rest] = seen.map(({ master }) => master.at)
    if (first === undefined) return notApplicable(reasons, 'no-adverts', {}, looked)
    if (seen.some(({ capture }) => !capture.whole))
      return undecided(reasons, 'cannot-tell', {}, [first, ...rest], [LOOK])
    return pass([first, ...rest])
  },
})

function claimOf(host: Host, vrid: number, source: MasterSource, hosts: readonly Host[]): Claim {
  const senders = advertSenders(hosts, vrid, [source.ip])
  const odd = source.adverts.find(({ packet }) => packet.ttl !== undefined && packet.ttl !== 255)
  const ttls = source.ttls.filter((ttl) => ttl !== 255)
  const data = { vrid, from: source.ip, ttls, host: host.names[0] }
  return claim(messages, 'not-255', data, {
    cites: [odd?.packet.at ?? source.first],
    steps: [runStep(host.id, LOOK, 'safe')],
    verify: `${LOOK}   # ttl 255 in every line`,
    about: { ...senders, hosts: [...new Set([host.id, ...senders.hosts])] },
    proof: 'direct',
  })
}
