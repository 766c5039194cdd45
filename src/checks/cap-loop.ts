/** One packet passes the same host again and again until its TTL is used up. */
import { type Loop, loops } from '../kernel/wire/loops.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Circle = { server: string; client: string; times: number; falls: string; host: string }

const messages = {
  'goes-round': ailment<Circle>({
    title: (d) => `A packet for ${d.server} passed ${d.host} ${d.times} times`,
    text: (d) =>
      `One and the same segment from ${d.client} comes in and goes out again and again${d.falls}. Two machines take each other for the next hop: two directors that are each other's real servers, or a real server that forwards the VIP it should hold. The client gets "No route to host", or nothing.`,
    fix: (d) =>
      `Find out which two machines pass it to each other (tcpdump -e names them by MAC): a director must not list the other director as real server of ${d.server}, and a real server needs the VIP.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show TCP packets',
  'cannot-tell': (d: { why: string }) => `no packet goes round in the captures, but ${d.why}`,
}

export const capLoop = caseCheck({
  id: 'cap-loop',
  title: 'No packet passes a host in circles',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A packet that two machines hand to each other dies when its TTL is used up, after filling the line sixty times. The connection it belongs to never comes about.',
  links: ['https://docs.kernel.org/networking/ipvs-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts) {
    const worst = new Map<string, { host: Host; loop: Loop }>()
    for (const { host, capture } of hosts)
      for (const loop of loops(capture.value)) {
        const server = `${loop.packet.dst}:${loop.packet.dport}`
        if ((worst.get(server)?.loop.sightings ?? 0) < loop.sightings) worst.set(server, { host, loop })
      }
    const claims = [...worst.values()].map(claimOf)
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const sight = sightOf(hosts, 'tcp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear'
      ? pass(looked)
      : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, ["tcpdump -nn -v -i any 'tcp'"])
  },
})

function claimOf({ host, loop }: { readonly host: Host; readonly loop: Loop }): Claim {
  const { packet, sightings, ttl, cites } = loop
  const falls = ttl !== undefined && ttl.last < ttl.first ? `, its TTL falling from ${ttl.first} to ${ttl.last}` : ''
  const server = `${packet.dst}:${packet.dport}`
  const data = { server, client: packet.src, times: sightings, falls, host: host.names[0] }
  return claim(messages, 'goes-round', data, {
    cites: [cites[0], ...cites.slice(1, 4)],
    steps: [runStep(host.id, 'ipvsadm -Ln', 'safe')],
    verify: `tcpdump -nn -v -i any host ${packet.src}   # each SYN once, or in and out`,
    about: { hosts: [host.id], vips: [packet.dst] },
    proof: 'direct',
  })
}
