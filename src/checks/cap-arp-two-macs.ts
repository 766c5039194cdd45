/** Two machines answer ARP for one VIP: clients reach whichever answered last. */
import { type RivalMacs, rivalMacs } from '../kernel/wire/rival-macs.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { macOwners } from '../topology/mac-owners.ts'

type Two = { ip: string; one: string; other: string; host: string }

const messages = {
  'two-answer': ailment<Two>({
    title: (d) => `${d.ip} is answered for by ${d.one} and ${d.other}`,
    text: (d) =>
      `Two machines send ARP replies for ${d.ip}, seen on ${d.host}. Every neighbour sends to the one it heard last: two directors that both hold the VIP, or a real server whose arp_ignore lets it answer.`,
    fix: (d) =>
      `Where ${d.one} or ${d.other} is a real server: arp_ignore=1 and arp_announce=2 on all. Where both are directors: find out why both are MASTER.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ARP packets',
  'cannot-tell': (d: { why: string }) => `no address is answered for twice in the captures, but ${d.why}`,
}

/** Addresses that get a finding of their own. */
const SHOWN = 5

export const capArpTwoMacs = caseCheck({
  id: 'cap-arp-two-macs',
  title: 'One machine answers ARP for each address',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'Neighbours believe the answer that comes last. With two machines answering for the VIP, connections go to the right one by luck, and break whenever an entry is renewed.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['arp-two-macs', 'arp-vip-mac-changed'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const found = new Map<string, Claim>()
    for (const { host, capture } of hosts)
      for (const rivals of rivalMacs(capture.value))
        if (!found.has(rivals.ip)) found.set(rivals.ip, claimOf(host, rivals, kase.hosts))
    const claims = [...found.values()].slice(0, SHOWN)
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const sight = sightOf(hosts, 'arp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear'
      ? pass(looked)
      : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, ['tcpdump -nn -e -i any arp'])
  },
})

function claimOf(host: Host, { ip, macs, cites }: RivalMacs, hosts: readonly Host[]): Claim {
  const owners = macOwners(hosts)
  const named = (mac: string): string => {
    const owner = owners.get(mac)
    return owner === undefined ? mac : `${owner.names[0]} (${mac})`
  }
  const culprits = macs.flatMap((mac) => owners.get(mac)?.id ?? [])
  const data = { ip, one: named(macs[0]), other: named(macs[1]), host: host.names[0] }
  return claim(messages, 'two-answer', data, {
    cites,
    steps: [runStep(host.id, 'ip neigh', 'safe')],
    verify: `arping -c 3 ${ip}   # from another host: one MAC answers`,
    about: { hosts: culprits.length > 0 ? [...new Set(culprits)] : [host.id], vips: [ip] },
    proof: 'direct',
  })
}
