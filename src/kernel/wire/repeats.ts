/** SYNs that a host shows more than once without passing them on: bond and slave, VLAN and card, bridge and port. */
import type { Cite } from '../../model/evidence.ts'
import type { Capture, TcpPacket } from '../../model/facts.ts'
import { type Folded, foldSightings } from './sightings.ts'
import { synOf } from './syn.ts'

export interface Repeats {
  /** SYNs in the capture, each once, that the host did not pass on. */
  readonly syns: number
  /** Those of them with two lines or more. */
  readonly repeated: number
  /** Lines of the one that shows most often; empty where none repeats. */
  readonly most: readonly Cite[]
  /** First lines of each kind: not passed on, and passed on. */
  readonly kept: readonly Cite[]
  readonly forwarded: readonly Cite[]
}

/**
 * Outer IPIP copies do not count: nobody takes a line with two IP headers for a retransmission. Neither does what goes round or
 * through, that is forwarding.
 */
export function repeatsOf(capture: Capture): Repeats {
  const all = foldSightings(capture).flatMap((folded) => {
    if (folded.packet.kind !== 'tcp' || !/^S[^.]*$/.test(folded.packet.flags)) return []
    const { cites, forwarded } = synOf(folded as Folded<TcpPacket>)
    const plain = folded.sightings.flatMap(({ packet }) => (packet.outer === undefined ? packet.at : []))
    return [{ cites, forwarded, plain }]
  })
  const kept = all.filter(({ forwarded }) => !forwarded)
  const lines = kept.map(({ plain }) => plain)
  const repeated = lines.filter(({ length }) => length > 1)
  const most = repeated.reduce<readonly Cite[]>((best, next) => (next.length > best.length ? next : best), [])
  return {
    syns: kept.length,
    repeated: repeated.length,
    most,
    kept: kept.map(({ cites }) => cites[0]),
    forwarded: all.flatMap(({ forwarded, cites }) => (forwarded ? cites[0] : [])),
  }
}
