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

const ABOUT = / \[about (\S{1,100}) > (\S{1,100}) proto (\d{1,3})\]$/

/** The same from our own listing, which puts it behind the error: ports where it is about TCP or UDP. */
export function readAbout(
  text: string,
): { readonly text: string; readonly quoted: IcmpPacket['quoted'] & {} } | undefined {
  const found = ABOUT.exec(text)
  if (found === null) return undefined
  const [, src = '', dst = '', proto] = found
  const [from, to] = proto === '6' || proto === '17' ? [splitPort(src), splitPort(dst)] : [undefined, undefined]
  const quoted =
    from === undefined || to === undefined
      ? { src, dst }
      : { src: from.ip, sport: from.port, dst: to.ip, dport: to.port }
  return { text: text.slice(0, found.index), quoted }
}
