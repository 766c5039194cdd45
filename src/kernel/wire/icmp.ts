/** What an ICMP error is about. */
import type { IcmpPacket } from '../../model/facts.ts'

export type IcmpMeaning =
  /** REJECT --reject-with icmp-host-prohibited and its kin. */
  | 'admin-prohibited'
  | 'host-unreachable'
  | 'net-unreachable'
  | 'port-unreachable'
  /** No handler for IP protocol n: 4 = no ipip, 112 = no keepalived (unicast). */
  | 'protocol-unreachable'
  | 'need-to-frag'
  | 'time-exceeded'
  | 'redirect'
  | 'other'

const MEANINGS: readonly (readonly [string, IcmpMeaning])[] = [
  ['prohibited', 'admin-prohibited'],
  ['need to frag', 'need-to-frag'],
  ['time exceeded', 'time-exceeded'],
  ['redirect', 'redirect'],
]
const ABOUT = /^(?:host |net |redirect )?([^\s,]+)(?:,| (?:to|unreachable|tcp|udp|protocol))/

/** The kind of error, from tcpdump's words for it (print-icmp.c of 4.9 and 4.99 agree). */
export function icmpMeaning({ text }: IcmpPacket): IcmpMeaning {
  for (const [words, meaning] of MEANINGS) if (text.includes(words)) return meaning
  if (!text.includes('unreachable')) return 'other'
  // A DOWN tunl0 answers `protocol 4 port 60 unreachable`: the handler is there, its device is not.
  if (/ (?:tcp|udp) port | protocol \d+ port /.test(text)) return 'port-unreachable'
  if (text.includes(' protocol ')) return 'protocol-unreachable'
  return text.startsWith('net ') ? 'net-unreachable' : 'host-unreachable'
}

/** IP protocol that an unreachable names: 4 IPIP, 6 TCP, 112 VRRP. */
export function icmpProtocol({ text }: IcmpPacket): number | undefined {
  const digits = / protocol (\d{1,3})(?: port \d+)? unreachable/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Address the refused packet was going to; undefined for errors that do not name it (time exceeded). */
export function icmpSubject({ text }: IcmpPacket): string | undefined {
  return ABOUT.exec(text)?.[1]
}
