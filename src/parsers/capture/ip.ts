/** IP packets of tcpdump text, inside IPIP or not, on one line or (`-v`) on two and three. */
import { at, type Draft, field, type Outcome, withoutPort } from './draft.ts'
import { readAbout } from './quoted.ts'
import { type Ends, looksTcp, readTcp } from './tcp.ts'
import { readVrrp } from './vrrp.ts'

const ENDS = /(\S+) > (\S+):(?: |$)/y
const TTL_ID = /\(tos [^,]*, ttl +(\d+), id (\d+)/y
const HOP_LIMIT = /hlim (\d+)/
const CUT = /truncated-ip6? - \d+ bytes missing! ?/y
const SUM = /\[(?:bad [a-z0-9]+ cksum[^\]]*|[a-z0-9]+ (?:sum ok|cksum ok))\] /y
/** tcpdump 4.9 repeats the addresses of an advertisement under `-v`. */
const VRRP_AGAIN = /vrrp \S+ > \S+: /y
const AH = /AH\([^)]*\): /y
const LENGTH_AT_END = /, length \d+(?: \(ipip-proto-4\))?$/
/** Deeper nesting is no tunnel any more. */
const MAX_DEPTH = 4

/** Reads from the `(tos …)` or the addresses on. `bare`: `-e` was given, inner packets lack the word `IP`. */
export function readIp(line: string, start: number, draft: Draft, bare: boolean): Outcome {
  let next = start
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const afterHeader = readIpHeader(line, next, draft)
    if (afterHeader === undefined) return undefined
    if (afterHeader >= line.length) return 'more'
    next = at(CUT, line, afterHeader) === null ? afterHeader : CUT.lastIndex
    const found = at(ENDS, line, next)
    if (found === null) return undefined
    next = ENDS.lastIndex
    const ends = { src: found[1] ?? '', dst: found[2] ?? '' }
    const inner = innerStart(line, next, bare)
    if (inner === undefined) return readTransport(line, next, draft, ends)
    draft.outer = ends
    next = inner
  }
  return undefined
}

/** `-v`: `(tos 0x0, ttl 64, id 1, … proto TCP (6), length 60)`. Where the rest begins; undefined: never closed. */
function readIpHeader(line: string, start: number, draft: Draft): number | undefined {
  if (line.charCodeAt(start) !== 0x28) return start
  const end = closing(line, start)
  if (end < 0) return undefined
  const found = at(TTL_ID, line, start)
  const ttl = field(found?.[1] ?? HOP_LIMIT.exec(line.slice(start, end))?.[1] ?? 'none', 255)
  const ipId = field(found?.[2] ?? 'none', 65_535)
  if (ttl !== undefined) draft.ttl = ttl
  if (ipId !== undefined) draft.ipId = ipId
  let next = end + 1
  while (line.charCodeAt(next) === 0x20) next += 1
  return next
}

function closing(line: string, start: number): number {
  let open = 0
  for (let index = start; index < line.length; index += 1) {
    const code = line.charCodeAt(index)
    if (code === 0x28) open += 1
    else if (code === 0x29 && --open === 0) return index
  }
  return -1
}

/** Where a packet inside this one begins, if one is printed. */
function innerStart(line: string, start: number, bare: boolean): number | undefined {
  if (line.startsWith('IP ', start)) return start + 3
  if (line.startsWith('IP6 ', start)) return start + 4
  if (!bare) return undefined
  const code = line.charCodeAt(start)
  if (code === 0x28) return line.startsWith('(tos ', start) || line.startsWith('(hlim ', start) ? start : undefined
  return code >= 0x30 && code <= 0x39 && at(ENDS, line, start) !== null ? start : undefined
}

function readTransport(line: string, start: number, draft: Draft, ends: Ends): Outcome {
  let next = at(SUM, line, start) === null ? start : SUM.lastIndex
  if (at(AH, line, next) !== null) next = AH.lastIndex
  if (looksTcp(line, next)) return readTcp(line, next, draft, ends)
  if (at(VRRP_AGAIN, line, next) !== null) next = VRRP_AGAIN.lastIndex
  // A version this reader does not know is another kind of packet, not a damaged advertisement.
  if (line.startsWith('VRRPv2, ', next) || line.startsWith('VRRPv3, ', next)) return readVrrp(line, next, draft, ends)
  const whole = line.slice(next)
  const about = whole.endsWith(']') ? readAbout(whole) : undefined
  const text = (about?.text ?? whole).replace(LENGTH_AT_END, '')
  const quoted = about === undefined ? {} : { quoted: about.quoted }
  if (text.startsWith('ICMP ')) return { kind: 'icmp', ...ends, text: text.slice(5), ...quoted, ...draft }
  if (text.startsWith('ICMP6, ')) return { kind: 'icmp', ...ends, text: text.slice(7), ...quoted, ...draft }
  return { kind: 'other', src: withoutPort(ends.src), dst: withoutPort(ends.dst), text, ...draft }
}
