/** One line of tcpdump text behind its time: link layer first, then ARP, IP or something else. */
import { readArp } from './arp.ts'
import { at, type Draft, type Outcome } from './draft.ts'
import { readHead } from './head.ts'
import { readIp } from './ip.ts'

/** Frames without IP that switches and hosts send; any other word means that the line is not a packet. */
const OTHER_FRAME =
  /^(?:STP |LLDP|CDPv|LACPv|LLC,|EAPOL|MPLS |PPPoE|802\.|Loopback|UDLDv|DTPv|VTPv|IS-IS|IPX|AppleTalk|Reverse |unknown |Unknown |MPCP|macsec|FRL|\[\|)/

/** `-e` of captures without Ethernet types: raw IP, and BSD's loopback. */
const BARE = /(?:ip6?|AF IPv[46] \(\d+\), length \d+): /y

/** What the line carries. `named`: without a time only a line that says IP or ARP is a packet (`-t`). */
export function readLine(
  line: string,
  start: number,
  draft: Draft,
): { readonly outcome: Outcome; readonly bare: boolean } {
  const head = readHead(line, start, draft)
  const bare = head.ethertype !== undefined || at(BARE, line, head.end) !== null
  return { outcome: readNetwork(line, head.end, draft, head.ethertype), bare }
}

function readNetwork(line: string, start: number, draft: Draft, ethertype: string | undefined): Outcome {
  if (line.startsWith('IP ', start)) return readIp(line, start + 3, draft, ethertype !== undefined)
  if (line.startsWith('IP6 ', start)) return readIp(line, start + 4, draft, ethertype !== undefined)
  if (line.startsWith('ARP, ', start)) return readArp(line, start + 5, draft)
  if (line.startsWith('arp ', start)) return readArp(line, start + 4, draft)
  if (at(BARE, line, start) !== null) return readIp(line, BARE.lastIndex, draft, true)
  if (ethertype === 'ARP') return readArp(line, start, draft)
  if (ethertype === 'IPv4' || ethertype === 'IPv6') return readIp(line, start, draft, true)
  const text = line.slice(start)
  if (ethertype === undefined && draft.srcMac === undefined && !OTHER_FRAME.test(text)) return undefined
  return text === '' ? undefined : { kind: 'other', text, ...draft }
}
