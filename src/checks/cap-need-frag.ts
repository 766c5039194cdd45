/** A hop says that packets are too large for it: the tunnel of TUN mode, or GRO and LRO on the director. */
import { type ErrorSeen, errorsSeen } from '../kernel/wire/errors-seen.ts'
import { icmpMeaning } from '../kernel/wire/icmp.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Seen = { from: string; to: string; about: string; count: number; host: string; mtu: number | null }

const messages = {
  seen: ailment<Seen>({
    title: (d) => `${d.from} says that packets for ${d.about} are too large`,
    text: (d) =>
      `${d.count} ICMP errors "need to frag"${d.mtu === null ? '' : ` (mtu ${d.mtu})`} went from ${d.from} to ${d.to}, seen on ${d.host}. ${d.mtu === null || d.mtu < 1500 ? 'Less than the usual 1500 is what a tunnel leaves over.' : 'At an MTU of 1500 the card has put segments together (GRO, LRO) that the director cannot pass on.'}`,
    fix: () =>
      `Clamp the MSS of the service (iptables -t mangle … TCPMSS --clamp-mss-to-pmtu), or raise the MTU of the path; on a director switch LRO off. Never drop ICMP type 3 code 4.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show ICMP packets',
  'cannot-tell': (d: { why: string }) => `none is in the captures, but ${d.why}`,
}

/** Senders that get a finding of their own. */
const SHOWN = 5

export const capNeedFrag = caseCheck({
  id: 'cap-need-frag',
  title: 'No packet is too large for a hop',
  category: 'capture',
  severity: 'warning',
  stage: 'symptom',
  why: 'The IPIP header of TUN mode takes 20 bytes. A full segment of the client then does not fit, and somebody must tell the client to send less. Where a firewall drops these errors, small pages work and large uploads hang.',
  links: ['https://www.rfc-editor.org/rfc/rfc1191'],
  explains: [],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts) {
    const claims = errorsSeen(hosts, (packet) => icmpMeaning(packet) === 'need-to-frag')
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
  const data = { from: packet.src, to: packet.dst, about, count, host: host.names[0], mtu: mtuOf(packet.text) }
  return claim(messages, 'seen', data, {
    cites,
    steps: [runStep(host.id, 'ip link', 'safe')],
    verify: 'tcpdump -nn -i any icmp   # no "need to frag" any more',
    about: { hosts: [host.id], vips: [about] },
    proof: 'direct',
  })
}

function mtuOf(text: string): number | null {
  const digits = /\(mtu (\d{1,5})\)/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
