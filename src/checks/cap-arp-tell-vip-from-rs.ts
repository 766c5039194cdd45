/** Somebody who is not the master asks by ARP as the VIP: every listener learns the wrong MAC for it. */
import { arpOwners, type MacSeen } from '../kernel/wire/arp-owners.ts'
import { masters } from '../kernel/wire/masters.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { Capture } from '../model/facts.ts'
import { setSysctl } from '../model/fix.ts'
import { macOwners } from '../topology/mac-owners.ts'

type Teller = { vip: string; mac: string; who: string; master: string; count: number; host: string }

const messages = {
  'asks-as-vip': ailment<Teller>({
    title: (d) => `${d.who} asks by ARP as ${d.vip}, which ${d.master} holds`,
    text: (d) =>
      `${d.count} ARP requests "tell ${d.vip}" come from ${d.mac}, seen on ${d.host}; the adverts for it come from ${d.master}. Whoever hears such a request enters this MAC for ${d.vip} and sends there from then on. A real server does that when its own question goes out with the VIP as source.`,
    fix: (d) => `Set arp_announce=2 on all on the host with the MAC ${d.mac}, so that it asks as itself.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ARP packets',
  'cannot-tell': (d: { why: string }) => `nobody else was seen to ask as a VIP, but ${d.why}`,
}

const LOOK = "tcpdump -nn -e -v -i any 'arp or vrrp'"

export const capArpTellVipFromRs = caseCheck({
  id: 'cap-arp-tell-vip-from-rs',
  title: 'Only the master asks by ARP as the VIP',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'An ARP request teaches every listener where its sender is. A real server that has the VIP on lo and asks with it as sender takes the VIP away from the director, for as long as the entry lives.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['arp-vip-is-rs-mac', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const found = new Map<string, Claim>()
    const muted: string[] = []
    for (const { host, capture } of hosts) {
      for (const { vip, held, asked } of asVips(capture.value))
        for (const seen of asked) {
          if (seen.mac === undefined) muted.push('the capture was taken without -e, so the MACs are not known')
          else if (!held.includes(seen.mac) && !found.has(`${vip} ${seen.mac}`))
            found.set(`${vip} ${seen.mac}`, claimOf(host, vip, held, seen, kase.hosts))
        }
    }
    const claims = [...found.values()]
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    if (muted[0] !== undefined) return undecided(reasons, 'cannot-tell', { why: muted[0] }, looked, [LOOK])
    const sight = sightOf(hosts, 'arp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear' ? pass(looked) : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, [LOOK])
  },
})

/** VIPs of the adverts in a capture, the MACs their senders have, and who asked as the VIP. */
function asVips(capture: Capture) {
  const owners = arpOwners(capture)
  return masters(capture).flatMap(({ sources }) => {
    const held = sources.flatMap(({ macs }) => macs)
    const vips = new Set(sources.flatMap((source) => source.vips.flatMap((list) => list.split(' '))))
    return owners.flatMap(({ ip, used, announced }) =>
      // Without the MAC of a master nobody can be told from it.
      vips.has(ip) && held.length > 0 ? [{ vip: ip, held: [...held, ...macsOf(announced)], asked: used }] : [],
    )
  })
}

/** A failover that the capture did not see the adverts of is announced. */
function macsOf(seen: readonly MacSeen[]): readonly string[] {
  return seen.flatMap(({ mac }) => mac ?? [])
}

function claimOf(host: Host, vip: string, held: readonly string[], seen: MacSeen, hosts: readonly Host[]): Claim {
  const owners = macOwners(hosts)
  const mac = seen.mac ?? ''
  const owner = owners.get(mac)
  const who = owner === undefined ? mac : owner.names[0]
  const master = owners.get(held[0] ?? '')?.names[0] ?? held[0] ?? 'another'
  const data = { vip, mac, who, master, count: seen.cites.length, host: host.names[0] }
  return claim(messages, 'asks-as-vip', data, {
    cites: [seen.cites[0], ...seen.cites.slice(1, 3)],
    steps: owner === undefined ? [] : [setSysctl(owner.id, { 'net.ipv4.conf.all.arp_announce': 2 })],
    verify: `${LOOK}   # "tell ${vip}" from one MAC only`,
    about: { hosts: [owner?.id ?? host.id], vips: [vip] },
    proof: 'direct',
  })
}
