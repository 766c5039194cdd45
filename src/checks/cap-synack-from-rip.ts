/** The SYN-ACK comes from another address than the one that was asked: the client resets it. */
import { type Connection, connections } from '../kernel/wire/connections.ts'
import { sightOf } from '../kernel/wire/shown.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Past = { client: string; server: string; from: string; count: number; reset: boolean; host: string }

const messages = {
  'answered-past': ailment<Past>({
    title: (d) => `${d.client} asks ${d.server} and is answered by ${d.from}`,
    text: (d) =>
      `${d.count} SYN-ACKs for ${d.server} carry the source ${d.from}, seen on ${d.host}. The client knows no such connection${d.reset ? ' and resets it, as the capture shows' : ' and resets it'}. In NAT mode the answer went past the director, because the real server reaches the client directly; in TUN or DR mode something rewrites the source (SNAT).`,
    fix: (d) =>
      `In NAT mode the way from ${d.from} to ${d.client} must lead through the director, for clients of the same network too. In DR and TUN mode exempt the VIP from SNAT.`,
  }),
}

const reasons = {
  'not-shown': (_: Record<string, never>) => 'no capture was to show TCP packets',
  'cannot-tell': (d: { why: string }) => `all answers in the captures come from where the client asked, but ${d.why}`,
}

/** Pairs of VIP and real server that get a finding of their own. */
const SHOWN = 5

interface Strange {
  readonly host: Host
  readonly first: Connection
  readonly from: string
  readonly at: Cite
  count: number
  reset: boolean
}

export const capSynackFromRip = caseCheck({
  id: 'cap-synack-from-rip',
  title: 'Clients are answered by the address that they asked',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A client that asked the VIP takes an answer of the VIP only. When a real server answers under its own address the client sends a reset, and the connection never comes about.',
  links: ['https://www.rfc-editor.org/rfc/rfc9293'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts) {
    const found = new Map<string, Strange>()
    for (const { host, capture } of hosts)
      for (const first of connections(capture.value))
        for (const { packet } of first.strangers) {
          const key = `${first.server.ip}:${first.server.port} ${packet.src}`
          const known = found.get(key) ?? { host, first, from: packet.src, at: packet.at, count: 0, reset: false }
          found.set(key, known)
          known.count += 1
          known.reset ||= first.resets.some(({ by }) => by === 'client')
        }
    const claims = [...found.values()].slice(0, SHOWN).map(claimOf)
    if (isNonEmpty(claims)) return fail(claims)
    const looked = hosts.flatMap(({ capture }) => capture.from) as unknown as NonEmpty<Cite>
    const sight = sightOf(hosts, 'tcp')
    if (sight.is === 'left-out') return notApplicable(reasons, 'not-shown', {}, looked)
    return sight.is === 'clear'
      ? pass(looked)
      : undecided(reasons, 'cannot-tell', { why: sight.why }, looked, ["tcpdump -nn -i any 'tcp'"])
  },
})

function claimOf({ host, first, from, at, count, reset }: Strange): Claim {
  const server = `${first.server.ip}:${first.server.port}`
  const data = { client: first.client.ip, server, from, count, reset, host: host.names[0] }
  return claim(messages, 'answered-past', data, {
    cites: [at, first.syns[0].cites[0]],
    steps: [runStep(host.id, `ip route get ${first.client.ip} from ${from}`, 'safe')],
    verify: `tcpdump -nn -i any host ${first.client.ip}   # every [S.] comes from ${first.server.ip}`,
    about: { hosts: [host.id], vips: [first.server.ip] },
    proof: 'direct',
  })
}
