/** A firewall refuses packets and says so: the source of the ICMP error is the host with the rule. */
import { aboutError, type ErrorSeen, errorsSeen } from '../kernel/wire/errors-seen.ts'
import { icmpMeaning } from '../kernel/wire/icmp.ts'
import { refusedLate } from '../kernel/wire/late-refusals.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Seen = { from: string; to: string; about: string; count: number; host: string }

const messages = {
  seen: ailment<Seen>({
    title: (d) => `${d.from} refuses packets for ${d.about} by a firewall rule`,
    text: (d) =>
      `${d.count} ICMP errors "admin prohibited" went from ${d.from} to ${d.to}, seen on ${d.host}. Their sender is the host whose rules refused the packet: REJECT --reject-with icmp-host-prohibited, or firewalld.`,
    fix: (d) =>
      `Look on ${d.from} for the REJECT rule that comes before the one that would accept packets for ${d.about}.`,
  }),
  late: ailment<Seen>({
    title: (d) => `${d.from} refuses the last packets of connections to ${d.about} by a firewall rule`,
    text: (d) =>
      `${d.count} ICMP errors "admin prohibited" went from ${d.from} to ${d.to}, seen on ${d.host}, and yet every connection was accepted and all that ${d.to} sent was acknowledged. What is refused comes after that, as a rule the FIN: to the packet filter of a director each packet of IPVS is a connection of its own, and a FIN cannot begin one. Clients do not notice; the real server waits for the end until its time is up.`,
    fix: () => 'Accept packets to the service by address and port, without asking for a state.',
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ICMP packets',
  'cannot-tell': (d: { why: string }) => `none is in the captures, but ${d.why}`,
}

/** Senders that get a finding of their own. */
const SHOWN = 5

export const capAdminProhibited = caseCheck({
  id: 'cap-admin-prohibited',
  title: 'No firewall answers with "admin prohibited"',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A REJECT rule answers with ICMP. Whoever sent the packet gets "No route to host" at once instead of a time-out, and the source address of the error names the host whose rules refused it. In TUN mode the director passes the error of a real server on to the client.',
  links: ['https://www.rfc-editor.org/rfc/rfc1812#section-5.2.7.1'],
  explains: ['cap-syn-unanswered'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, { kase }) {
    const claims = errorsSeen(hosts, (packet) => icmpMeaning(packet) === 'admin-prohibited')
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
  const late = refusedLate(seen.capture, packet.dst, about)
  return claim(messages, late ? 'late' : 'seen', data, {
    cites,
    steps: [runStep(host.id, 'iptables -S', 'safe')],
    verify: 'tcpdump -nn -i any icmp   # no "admin prohibited" any more',
    about: aboutError(seen, hosts),
    ...(late ? { severity: 'note' } : {}),
    proof: 'direct',
  })
}
