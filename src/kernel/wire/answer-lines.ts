/** By which interface a real server's answers for the VIP leave, and whether they reach the client. */
import { type Cite, type Fact, isNonEmpty, type NonEmpty } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import { connections } from './connections.ts'
import { vantage } from './vantage.ts'

export interface AnswerLines {
  /** `lost`: the same answer is sent again and again. `arrive`: once each, for long enough. */
  readonly is: 'lost' | 'arrive' | 'unknown'
  readonly cites: readonly Cite[]
}

/** Linux repeats an unacknowledged SYN-ACK after one second. */
const REPEATS_WITHIN = 1.5

/** Looks at SYN-ACKs from the VIP that go out by another interface than `dev`. */
export function answersPast(capture: Fact<Capture>, vip: string, dev: string): AnswerLines {
  const nothing: AnswerLines = { is: 'unknown', cites: [] }
  if (capture.state !== 'known') return nothing
  const cites: Cite[] = []
  const { to, lossy } = vantage(capture.value)
  for (const { server, syns, synAcks } of connections(capture.value)) {
    const out = synAcks.filter(({ packet }) => packet.direction === 'out' && packet.interface !== dev)
    const [first, second] = out
    if (server.ip !== vip || first === undefined) continue
    const shown: NonEmpty<Cite> = [first.packet.at, syns[0].cites[0]]
    if (second !== undefined) return { is: 'lost', cites: [first.packet.at, second.packet.at, syns[0].cites[0]] }
    const time = first.sightings[0].time
    if (time !== undefined && to !== undefined && to - time > REPEATS_WITHIN) cites.push(...shown)
  }
  return isNonEmpty(cites) && !lossy ? { is: 'arrive', cites } : nothing
}
