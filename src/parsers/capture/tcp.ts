/** TCP as tcpdump prints it since 4.0 (`Flags [S.], seq …`) and before (`S 1:1(0) ack 2 win …`). */
import type { TcpPacket } from '../../model/facts.ts'
import { at, type Draft, field, splitPort } from './draft.ts'

const TCP =
  /Flags \[([^\]]{1,12})\](?:, cksum 0x[0-9a-f]+ \([^)]*\))?(?:, seq (\d+)(?::\d+)?)?(?:, ack (\d+))?(?:, win \d+)?(?:, urg \d+)?(?:, options \[([^\]]*)\])?(?:, length (\d+))?/y
const TSVAL = /TS val (\d+)/
const OLD = /([SFPRWE]+|\.) (?:(?:\[[^\]]*\] )?(\d+):\d+\((\d+)\) )?(?:ack (\d+) )?win \d+/y
const OLD_TSVAL = /<[^>]*timestamp (\d+) /y

const DAMAGED = -1

type Numbers = { -readonly [K in 'seq' | 'ack' | 'tsval' | 'length']?: number }

export interface Ends {
  readonly src: string
  readonly dst: string
}

/** Is this the text of a TCP segment? */
export function looksTcp(line: string, start: number): boolean {
  return line.startsWith('Flags [', start) || at(OLD, line, start) !== null
}

/** Reads the text behind `a > b: `. undefined where a number or an address is damaged. */
export function readTcp(line: string, start: number, draft: Draft, ends: Ends): TcpPacket | undefined {
  const from = splitPort(ends.src)
  const to = splitPort(ends.dst)
  if (from === undefined || to === undefined) return undefined
  const words = readFlags(line, start)
  if (words === undefined) return undefined
  const numbers: Numbers = {}
  if (words.seq !== undefined) numbers.seq = field(words.seq) ?? DAMAGED
  if (words.ack !== undefined) numbers.ack = field(words.ack) ?? DAMAGED
  if (words.tsval !== undefined) numbers.tsval = field(words.tsval) ?? DAMAGED
  if (words.length !== undefined) numbers.length = field(words.length) ?? DAMAGED
  if (numbers.seq === DAMAGED || numbers.ack === DAMAGED || numbers.tsval === DAMAGED || numbers.length === DAMAGED)
    return undefined
  const ports = { sport: from.port, dport: to.port }
  return { kind: 'tcp', src: from.ip, dst: to.ip, ...ports, flags: words.flags, ...numbers, ...draft }
}

interface Words {
  readonly flags: string
  readonly seq?: string | undefined
  readonly ack?: string | undefined
  readonly tsval?: string | undefined
  readonly length?: string | undefined
}

function readFlags(line: string, start: number): Words | undefined {
  const now = at(TCP, line, start)
  if (now !== null) {
    const [, flags = '', seq, ack, options, length] = now
    return { flags, seq, ack, length, tsval: options === undefined ? undefined : TSVAL.exec(options)?.[1] }
  }
  const old = at(OLD, line, start)
  if (old === null) return undefined
  const [, letters = '', seq, length, ack] = old
  const options = line.indexOf('<', OLD.lastIndex)
  const tsval = options < 0 ? undefined : at(OLD_TSVAL, line, options)?.[1]
  // The dot means ACK today; then it meant "no other flag".
  const flags = letters === '.' || ack === undefined ? letters : `${letters}.`
  return { flags, seq, ack, length, tsval }
}
