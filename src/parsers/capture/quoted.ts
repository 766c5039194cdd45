/** Indented lines below a packet of `-v`: details, and the packet an ICMP error is about. */
import type { IcmpPacket, Packet } from '../../model/facts.ts'
import { splitPort } from './draft.ts'

/** `    10.0.0.100.36954 > 10.0.0.200.80: Flags …`: the quoted packet, under its own `IP (tos …)` line. */
const QUOTED = /^\s+(\S+) > (\S+): (?:Flags \[|\[\|?tcp|UDP|[^\s,]+, length)/

/** Takes over whom an ICMP error is about. Every other detail is passed by. */
export function readQuoted(line: string, packets: Packet[]): void {
  const last = packets.at(-1)
  if (last?.kind !== 'icmp' || last.quoted !== undefined) return
  const found = QUOTED.exec(line)
  const from = splitPort(found?.[1] ?? '')
  const to = splitPort(found?.[2] ?? '')
  if (from === undefined || to === undefined) return
  const about: IcmpPacket = { ...last, quoted: { src: from.ip, sport: from.port, dst: to.ip, dport: to.port } }
  packets[packets.length - 1] = about
}
