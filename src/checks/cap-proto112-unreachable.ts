/** Unicast adverts reach a host on which nothing listens for VRRP. */
import { type ErrorSeen, errorsSeen } from '../kernel/wire/errors-seen.ts'
import { icmpProtocol } from '../kernel/wire/icmp.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Seen = { from: string; to: string; about: string; count: number; host: string }

const messages = {
  seen: ailment<Seen>({
    title: (d) => `${d.from} gets VRRP adverts of ${d.to}, and no keepalived listens there`,
    text: (d) =>
      `${d.count} ICMP errors "protocol 112 unreachable" went from ${d.from} to ${d.to}, seen on ${d.host}. Multicast is never answered so: ${d.to} sends by unicast, and to a host without a running keepalived.`,
    fix: (d) => `Start keepalived on ${d.from}, or correct the unicast_peer list of ${d.to}.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ICMP packets',
  'cannot-tell': (d: { why: string }) => `none is in the captures, but ${d.why}`,
}

/** Senders that get a finding of their own. */
const SHOWN = 5

export const capProto112Unreachable = caseCheck({
  id: 'cap-proto112-unreachable',
  title: 'Every unicast peer that gets adverts runs keepalived',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'With unicast adverts a host on which keepalived does not run answers each advert with "protocol 112 unreachable". If it is the wrong host, the real peer hears nothing and becomes MASTER too.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts) {
    const claims = errorsSeen(hosts, (packet) => icmpProtocol(packet) === 112)
      .slice(0, SHOWN)
      .map(claimOf)
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const sight = sightOf(hosts, 'icmp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear'
      ? pass(looked)
      : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, ['tcpdump -nn -i any icmp'])
  },
})

function claimOf({ host, packet, about, count, cites }: ErrorSeen<Host>): Claim {
  const data = { from: packet.src, to: packet.dst, about, count, host: host.names[0] }
  return claim(messages, 'seen', data, {
    cites,
    steps: [runStep(host.id, 'systemctl status keepalived', 'safe')],
    verify: 'tcpdump -nn -i any icmp   # no "protocol 112" any more',
    about: { hosts: [host.id], vips: [about] },
    proof: 'direct',
  })
}
