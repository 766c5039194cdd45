/** ICMP redirects teach hosts a way past the director. */
import { type ErrorSeen, errorsSeen } from '../kernel/wire/errors-seen.ts'
import { icmpMeaning } from '../kernel/wire/icmp.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Seen = { from: string; to: string; about: string; count: number; host: string }

const messages = {
  seen: ailment<Seen>({
    title: (d) => `${d.from} tells ${d.to} another way to ${d.about}`,
    text: (d) =>
      `${d.count} ICMP redirects went from ${d.from} to ${d.to}, seen on ${d.host}. From a director in NAT mode they make real servers answer past it; from a real server they mean that it forwards packets for an address that it should hold itself.`,
    fix: (d) => `Switch send_redirects off on ${d.from} (all and the interface), and on a real server ip_forward too.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ICMP packets',
  'cannot-tell': (d: { why: string }) => `none is in the captures, but ${d.why}`,
}

/** Senders that get a finding of their own. */
const SHOWN = 5

export const capRedirect = caseCheck({
  id: 'cap-redirect',
  title: 'No host redirects packets past the way they are meant to take',
  category: 'capture',
  severity: 'warning',
  stage: 'symptom',
  why: 'A director that sends redirects tells real servers to answer the client directly, past NAT; a real server that forwards tells clients of a shorter way to the VIP. Whoever believes a redirect leaves the way the cluster needs.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: [],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts) {
    const claims = errorsSeen(hosts, (packet) => icmpMeaning(packet) === 'redirect')
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
    steps: [runStep(host.id, 'sysctl -a 2>/dev/null | grep send_redirects', 'safe')],
    verify: 'tcpdump -nn -i any icmp   # no redirect any more',
    about: { hosts: [host.id], vips: [about] },
    proof: 'direct',
  })
}
