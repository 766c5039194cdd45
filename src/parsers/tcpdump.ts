/** tcpdump text, versions 3 to 4.99, with any of -e -v -t -n, of plain and cooked captures. */
import { NotUnderstood } from '../model/errors.ts'
import type { Parser, Reading, Section, Unread } from '../model/evidence.ts'
import { citeLine, unreadLine } from '../model/evidence.ts'
import type { Capture, Packet } from '../model/facts.ts'
import { readAgain } from './capture/again.ts'
import { readCommand } from './capture/command.ts'
import type { Draft, Outcome } from './capture/draft.ts'
import { readIp } from './capture/ip.ts'
import { readLine } from './capture/line.ts'
import { isNoise, type Notes, readNote } from './capture/notes.ts'
import { readQuoted } from './capture/quoted.ts'
import { looksRelative, readStamp } from './capture/stamp.ts'

/** A packet whose addresses `-v` prints on the next line. */
interface Pending {
  readonly draft: Draft
  readonly first: number
  readonly bare: boolean
}

/** Reads a capture as tcpdump printed it. Its end is sure where the statistics follow. */
export const tcpdump: Parser<Capture> = { format: 'tcpdump', parse }

function parse(section: Section): Reading<Capture> {
  const command = readCommand(section.command)
  const clocked = isClocked(section, command?.stampStyle ?? 0)
  const packets: Packet[] = []
  const unread: Unread[] = []
  const notes: Notes = {}
  let noted = 0
  let pending: Pending | undefined
  let verbose = command?.verbose ?? false
  let timed = false

  const settle = (outcome: Outcome, now: Pending, index: number): void => {
    verbose ||= outcome === 'more'
    pending = outcome === 'more' ? now : undefined
    if (outcome === undefined) refuse(now.first, index)
    else if (outcome !== 'more') packets.push(outcome)
  }
  const refuse = (first: number, last: number): void => {
    for (let index = first; index <= last; index += 1) unread.push(unreadLine(section, index))
  }
  const begin = (line: string, start: number, index: number, time: number | undefined): void => {
    const draft: Draft = { at: citeLine(section, index), tagged: false }
    if (time !== undefined) draft.time = time
    const { outcome, bare } = readLine(readAgain(line, draft), start, draft)
    settle(outcome, { draft, first: index, bare }, index)
  }

  for (const [index, line] of section.lines.entries()) {
    const stamp = readStamp(line)
    if (stamp !== undefined || (pending !== undefined && isNoise(line))) {
      if (pending !== undefined) refuse(pending.first, index - 1)
      pending = undefined
      timed ||= stamp !== undefined
      if (stamp !== undefined) begin(line, stamp.end, index, clocked ? stamp.seconds : undefined)
    } else if (pending !== undefined) {
      const now: Pending = pending
      now.draft.at = citeLine(section, now.first, index)
      settle(readIp(line, indent(line), now.draft, now.bare), now, index)
    } else if (readNote(line, notes, index, section)) noted += 1
    else if (isNoise(line) || (timed && command?.payload)) continue
    else if (verbose && packets.length > 0 && isDetail(line, timed)) readQuoted(line, packets)
    else begin(line, indent(line), index, undefined)
  }
  if (pending !== undefined) refuse(pending.first, section.lines.length - 1)
  if (packets.length === 0 && noted === 0) throw new NotUnderstood('no packet and no word of tcpdump')
  const value: Capture = {
    packets,
    ...(section.command === '' ? {} : { command: section.command }),
    ...(command?.filter === undefined ? {} : { filter: command.filter }),
    ...(command?.interface === undefined ? {} : { interface: command.interface }),
    ...notes,
  }
  return { value, unread, ...(notes.droppedByKernel === undefined ? {} : { ends: true }) }
}

/** Do the stamps tell a time that packets can be ordered by? */
function isClocked(section: Section, stampStyle: number): boolean {
  if (stampStyle > 0) return stampStyle === 2 || stampStyle === 4
  const first = section.lines.find((line) => readStamp(line) !== undefined)
  return first === undefined || !looksRelative(first)
}

/** Indented lines of `-v` belong to the packet above, but `-t` leaves a padded direction (`  M 02:…`) at the head. */
function isDetail(line: string, timed: boolean): boolean {
  return isSpace(line.charCodeAt(0)) && (timed || !/^ {1,2}(?:In|M|B|P) /.test(line))
}

function indent(line: string): number {
  let index = 0
  while (isSpace(line.charCodeAt(index))) index += 1
  return index
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}
