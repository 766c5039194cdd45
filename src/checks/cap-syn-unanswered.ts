/** SYNs that nobody answers, in the captures of all hosts together. What keeps the answers away, other checks tell. */
import { type Witnessed, witnessed } from '../kernel/wire/attempts.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { type Group, type GroupWords, groupByServer, groupWords, SHOWN } from '../topology/silent-connections.ts'
import { type Placed, POINT_WORDS, standings } from '../topology/vantage-point.ts'

const silent = (where: (d: GroupWords) => string) =>
  ailment<GroupWords>({
    title: (d) =>
      `${d.connections} ${d.connections === 1 ? 'connection' : 'connections'} from ${d.client} to ${d.server} got no answer`,
    text: (d) =>
      `The SYN is seen, and neither a SYN-ACK nor a reset nor an ICMP error follows. ${where(d)} ` +
      `Client ports: ${d.ports.join(', ')}. A SYN counts once, however often the capture shows it (${d.lines} lines in all).`,
    fix: (d) =>
      `Follow the SYN to the real server: does it arrive, is the VIP there, does a firewall or rp_filter drop it, does the answer have a route back to ${d.client} by the line it came in on?`,
  })

const messages = {
  'no-answer': silent((d) => `This was seen on ${d.host}, ${POINT_WORDS[d.point]}.`),
  'no-answer-place-unknown': silent(
    () =>
      'Not known is where this was captured: on a real server or a client it is the fault, on a director in DR or TUN mode it is normal, because answers do not pass there.',
  ),
}

const reasons = {
  'no-connection': (_: Record<string, never>) => 'no client opens a connection in the captures',
  'answers-pass-elsewhere': (_: Record<string, never>) =>
    'only a director in DR or TUN mode saw the connections, and answers do not pass there',
  'cannot-tell': (d: { why: string }) => `cannot tell whether the connections were answered: ${d.why}`,
}

/** Servers that get a finding of their own. */
const SERVERS = 5
const ASK = ["tcpdump -nn -i any 'tcp'"]

type Seen = Witnessed<Placed>

export const capSynUnanswered = caseCheck({
  id: 'cap-syn-unanswered',
  title: 'Every connection that clients open is answered',
  category: 'capture',
  severity: 'critical',
  stage: 'symptom',
  why: 'A SYN that arrives and is not answered means that a packet or its answer is lost: no VIP, a firewall, rp_filter, or no way back. The client waits until it times out.',
  links: ['https://www.rfc-editor.org/rfc/rfc9293'],
  explains: ['syn-recv-stuck', 'one-rs-bad'],
  on: 'any',
  atLeast: 1,
  needs: { capture: 'part' },
  messages,
  reasons,
  run(hosts, view) {
    const all = hosts.flatMap(({ host, capture }) =>
      witnessed(capture, (look) => view.comparable(look, capture), standings(host, view.kase)),
    )
    const answered = new Set(all.flatMap((seen) => (seen.answered ? seen.key : [])))
    const unheard = all.filter(({ key }) => !answered.has(key))
    const claims = groupByServer(unheard.filter(({ why }) => why === undefined))
      .slice(0, SERVERS)
      .map(claimOf)
    if (isNonEmpty(claims)) return fail(claims)
    const deaf = all.find((one) => !one.answered && one.asksAgain)
    const doubt = unheard.find(({ point }) => point !== 'director') ?? deaf
    if (doubt !== undefined) {
      const why = doubt === deaf ? 'some were, but the answer never came to the client' : doubt.why
      return undecided(reasons, 'cannot-tell', { why: why ?? 'the host only passes them on' }, [doubt.at], ASK)
    }
    const [passing] = unheard
    if (passing !== undefined) return notApplicable(reasons, 'answers-pass-elsewhere', {}, [passing.at])
    const [heard] = all
    if (heard !== undefined) return pass([heard.at, ...all.slice(1, SHOWN).map(({ at }) => at)])
    return notApplicable(
      reasons,
      'no-connection',
      {},
      hosts.map(({ capture }) => capture.from[0]) as unknown as NonEmpty<Cite>,
    )
  },
})

function claimOf(group: Group<Seen>): Claim {
  const { point, seen } = group
  const [{ host, connection }] = seen
  const { client, server } = connection
  const [first, ...rest] = seen.slice(0, SHOWN).map(({ at }) => at)
  return claim(messages, point === 'unknown' ? 'no-answer-place-unknown' : 'no-answer', groupWords(group), {
    cites: [first ?? seen[0].at, ...rest],
    steps: [runStep(host.id, `ip route get ${client.ip} from ${server.ip}`, 'safe')],
    verify: `tcpdump -nn -i any host ${client.ip}   # every [S] is followed by a [S.]`,
    about: { hosts: [...new Set(seen.map((one) => one.host.id))], vips: [server.ip] },
    proof: 'direct',
  })
}
