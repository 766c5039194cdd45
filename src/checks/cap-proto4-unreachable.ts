/** A real server without a working tunl0 sends the tunnel packets of the director back. */
import { aboutError, type ErrorSeen, errorsSeen } from '../kernel/wire/errors-seen.ts'
import { icmpProtocol } from '../kernel/wire/icmp.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Seen = { from: string; to: string; about: string; count: number; host: string }

const messages = {
  seen: ailment<Seen>({
    title: (d) => `${d.from} does not take IPIP packets from ${d.to}`,
    text: (d) =>
      `${d.count} ICMP errors say that ${d.from} has no use for IP protocol 4, seen on ${d.host}. "protocol 4 unreachable" means that the ipip module is not loaded, "protocol 4 port 60 unreachable" that tunl0 is down.`,
    fix: (d) => `On ${d.from}: modprobe ipip, ip link set tunl0 up, and the VIP on it.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ICMP packets',
  'cannot-tell': (d: { why: string }) => `none is in the captures, but ${d.why}`,
}

/** Senders that get a finding of their own. */
const SHOWN = 5

export const capProto4Unreachable = caseCheck({
  id: 'cap-proto4-unreachable',
  title: 'Every real server takes the tunnel packets that the director sends',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A real server in TUN mode that has no tunl0, or has it down, answers the packets of the director with "protocol 4 unreachable". The director turns that into an error for the client, who sees "Connection refused" on part of the connections.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-syn-unanswered', 'one-rs-bad'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const claims = errorsSeen(hosts, (packet) => icmpProtocol(packet) === 4)
      .slice(0, SHOWN)
      .map((seen) => claimOf(seen, kase.hosts))
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const sight = sightOf(hosts, 'icmp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear'
      ? pass(looked)
      : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, ['tcpdump -nn -i any icmp'])
  },
})

function claimOf(seen: ErrorSeen<Host>, hosts: readonly Host[]): Claim {
  const { host, packet, about, count, cites } = seen
  const data = { from: packet.src, to: packet.dst, about, count, host: host.names[0] }
  return claim(messages, 'seen', data, {
    cites,
    steps: [runStep(host.id, 'ip addr show tunl0', 'safe')],
    verify: 'tcpdump -nn -i any icmp   # no "protocol 4" any more',
    about: aboutError(seen, hosts),
    proof: 'direct',
  })
}
