/** What a capture could have seen, and so whether something missing in it is missing on the wire. */

import type { Capture } from '../../model/facts.ts'
import { clockOf } from './clock.ts'
import { oncePer } from './once.ts'

export interface Vantage {
  /** From first to last packet; undefined without times. */
  readonly seconds?: number
  /** Times of first and last packet on the running clock of the other functions here. */
  readonly from?: number
  readonly to?: number
  /** Directions seen; `unknown` where the capture does not print them. */
  readonly bothDirections: boolean | 'unknown'
  /** Taken on `any`? Answers that leave by another interface are invisible otherwise. */
  readonly everyInterface: boolean | 'unknown'
  /** The kernel dropped packets: nothing may be called missing. */
  readonly lossy: boolean
  /** May the filter have left answers out? `unknown`: the command is not known. */
  readonly filterHidesReplies: boolean | 'unknown'
}

/** One-way words of pcap-filter(7); `src or dst host X` looks both ways. */
const ONE_WAY = /\b(?:src|dst|inbound|outbound)\b/
const BOTH_WAYS = /\b(?:src (?:or|and) dst|dst (?:or|and) src)\b/g
/** Conditions on bytes or sizes may hold for the question and not for the answer. */
const BY_CONTENT = /\[|\b(?:tcp-syn|tcpflags|less|greater|len)\b/
/** A SYN, its answer and a reset alike: what our own live capture asks for. */
const HANDSHAKES = /\btcp\[13\] & 6 != 0/g
/** -Q and -P name one direction. `-Q inout` is both. */
const DIRECTION_OPTION = /\s(?:-[QP]\s*|--direction[= ])(?:in|out)(?!out)\b/
/** Lines filtered behind tcpdump, not by it. */
const PIPED = /\|\s*(?:e?grep|fgrep|awk|sed|head|tail)\b/

/** Judges the capture as a whole. Absence may be concluded from it only where nothing here forbids it. */
export const vantage: (capture: Capture) => Vantage = oncePer(findVantage)

function findVantage(capture: Capture): Vantage {
  const { from, to } = capture.span ?? extent(capture)
  return {
    ...(from === undefined || to === undefined ? {} : { from, to, seconds: microseconds(to - from) }),
    bothDirections: bothDirections(capture),
    everyInterface: capture.interface === undefined ? cooked(capture) : capture.interface === 'any',
    lossy: (capture.droppedByKernel ?? 0) > 0,
    filterHidesReplies: hidesReplies(capture),
  }
}

/** First and last time of the packets. */
function extent(capture: Capture): { readonly from?: number; readonly to?: number } {
  let from: number | undefined
  let to: number | undefined
  for (const time of clockOf(capture.packets)) {
    if (time === undefined) continue
    if (from === undefined || time < from) from = time
    if (to === undefined || time > to) to = time
  }
  return from === undefined || to === undefined ? {} : { from, to }
}

/** Differences of stamps carry the noise of floating point; the stamps do not. */
function microseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

function bothDirections({ packets }: Capture): boolean | 'unknown' {
  const told = packets.filter(({ direction }) => direction !== undefined)
  if (told.length === 0) return 'unknown'
  return told.some(({ direction }) => direction === 'out') && told.some(({ direction }) => direction !== 'out')
}

/** Only `any` has a cooked header with the interface in it. */
function cooked({ packets, linkType }: Capture): boolean | 'unknown' {
  return packets.some((packet) => packet.interface !== undefined) || linkType?.startsWith('LINUX_SLL') || 'unknown'
}

function hidesReplies({ command, filter }: Capture): boolean | 'unknown' {
  if (command === undefined || filter === undefined) return 'unknown'
  if (DIRECTION_OPTION.test(command) || PIPED.test(command)) return true
  return ONE_WAY.test(filter.replace(BOTH_WAYS, '')) || BY_CONTENT.test(filter.replace(HANDSHAKES, ''))
}
