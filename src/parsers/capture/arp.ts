/** ARP as tcpdump prints it: `Request who-has T tell S`, `Reply S is-at MAC`. */
import type { ArpPacket } from '../../model/facts.ts'
import { at, type Draft } from './draft.ts'

/** `-v` names the address families first; tcpdump 3 wrote everything in lower case. */
const SIZES = /(?:Ethernet|Unknown Hardware \(\d+\)) \(len \d+\), \S+ \(len \d+\), /y
const REQUEST = /(?:Request )?who-has ([^\s,]+)/y
const TELL = / tell ([^\s,]+)/y
const REPLY = /[Rr]eply ([^\s,]+) is-at ([0-9a-f]{2}(?::[0-9a-f]{2}){5})(?![:0-9a-f])/y

/** Reads the text behind `ARP, ` (or behind `ethertype ARP …: `). undefined: damaged. */
export function readArp(line: string, start: number, draft: Draft): ArpPacket | undefined {
  const from = at(SIZES, line, start) === null ? start : SIZES.lastIndex
  const reply = at(REPLY, line, from)
  if (reply?.[1] !== undefined && reply[2] !== undefined)
    return { kind: 'arp', op: 'reply', sender: reply[1], mac: reply[2], ...draft }
  const target = at(REQUEST, line, from)?.[1]
  if (target === undefined) return undefined
  // A hardware address in brackets may stand between: `who-has 10.0.0.200 (ff:ff:ff:ff:ff:ff) tell …`.
  const sender = at(TELL, line, line.indexOf(' tell ', from + target.length))?.[1]
  return sender === undefined ? undefined : { kind: 'arp', op: 'request', sender, target, ...draft }
}
