/** ICMP errors between two machines, in whatever capture shows them. */
import type { Case } from '../../model/case.ts'
import type { Known } from '../../model/evidence.ts'
import type { Capture, IcmpPacket } from '../../model/facts.ts'
import { icmpMeaning, icmpProtocol, icmpSubject } from './icmp.ts'

/** ICMP packets of all captures that pass `fits`; `usable` says which captures may be set against the rest. */
export function icmpSeen(
  { hosts }: Case,
  usable: (capture: Known<Capture>) => boolean,
  fits: (packet: IcmpPacket) => boolean,
): readonly IcmpPacket[] {
  return hosts.flatMap(({ facts: { capture } }) => {
    if (capture.state !== 'known') return []
    return [...capture.earlier, capture]
      .filter(usable)
      .flatMap(({ value }) => value.packets.filter((packet) => packet.kind === 'icmp' && fits(packet)) as IcmpPacket[])
  })
}

/** Errors a director sent back to its NAT servers about their answers to clients: its own FORWARD chain refused them. */
export function refusedAnswers(
  kase: Case,
  usable: (capture: Known<Capture>) => boolean,
  director: readonly string[],
  servers: readonly string[],
): readonly IcmpPacket[] {
  const own = new Set(director)
  const theirs = new Set(servers)
  return icmpSeen(kase, usable, (packet) => {
    if (!own.has(packet.src) || !theirs.has(packet.dst)) return false
    const meaning = icmpMeaning(packet)
    const subject = icmpSubject(packet)
    // About an address of the director: that was an answer to a health check, refused by INPUT.
    return (
      (meaning === 'admin-prohibited' || meaning === 'port-unreachable') && subject !== undefined && !own.has(subject)
    )
  })
}

/** Errors a real server sent back to a director's address about its tunnel. */
export function refusedTunnels(
  kase: Case,
  usable: (capture: Known<Capture>) => boolean,
  tunnels: readonly { readonly rip: string; readonly dip?: string }[],
): readonly IcmpPacket[] {
  const ends = new Set(tunnels.map(({ rip, dip }) => `${rip} ${dip ?? ''}`))
  return icmpSeen(kase, usable, (packet) => {
    // One that quotes ports is about a health check.
    if (!ends.has(`${packet.src} ${packet.dst}`) || packet.quoted?.sport !== undefined) return false
    return icmpMeaning(packet) === 'admin-prohibited' || icmpProtocol(packet) === 4
  })
}
