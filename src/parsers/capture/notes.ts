/** What tcpdump says about itself, before and after the packets. */
import { citeLine, type Section } from '../../model/evidence.ts'
import type { AskedServer, Capture } from '../../model/facts.ts'
import { readStamp } from './stamp.ts'

export type Notes = {
  -readonly [K in 'interface' | 'linkType' | 'captured' | 'droppedByKernel' | 'span' | 'filter']?: Capture[K]
} & { lost?: string[]; asked?: AskedServer[] }

const COUNT = /^(?:\^C)?\s*(\d+) packets? (captured|received by filter|dropped by (?:kernel|interface))/
const LISTENING = /^(?:tcpdump: )?listening on ([^\s,]+)(?:, link-type ([A-Z0-9_]+))?/
const READING = /^(?:tcpdump: )?reading from file [^\n]*, link-type ([A-Z0-9_]+)/
const LINK_TYPE = /^tcpdump: data link type ([A-Z0-9_]+)/
const NOISE =
  /^(?:\^C|\s*$|\s+0x[0-9a-f]{4,}: |dropped privs to |tcpdump: (?:verbose output suppressed|WARNING: |Warning: )|Warning: |\(Promiscuous mode not supported)/

/** Takes the line into the notes. False: it is none. Numbers that cannot be counts are none either. */
export function readNote(line: string, notes: Notes, index: number, section: Section): boolean {
  if (line.startsWith('lvsdoctor: ')) return readOwn(line, notes, index, section)
  const count = COUNT.exec(line)
  if (count !== null) {
    const value = Number(count[1])
    if (!Number.isSafeInteger(value)) return false
    if (count[2] === 'captured') notes.captured = value
    else if (count[2] === 'dropped by kernel') notes.droppedByKernel = value
    return true
  }
  const listening = LISTENING.exec(line)
  if (listening !== null) {
    if (listening[1] !== undefined) notes.interface = listening[1]
    if (listening[2] !== undefined) notes.linkType = listening[2]
    return true
  }
  const type = (READING.exec(line) ?? LINK_TYPE.exec(line))?.[1]
  if (type !== undefined) {
    notes.linkType = type
    return true
  }
  return false
}

/** Lines that carry nothing: hex dumps, warnings, the interrupt. */
export function isNoise(line: string): boolean {
  return NOISE.test(line)
}

const SPAN = /^lvsdoctor: packets from ([^a-z]{15,40}) to ([^a-zA-Z]{15,40}?)(?: UTC)?$/
const LOST = /^lvsdoctor: (?:lost: |(?=not listed: ))(.{1,300})$/
const FILTER = /^lvsdoctor: recorded with the filter: (.{0,1000})$/
const ASKED =
  /^lvsdoctor: (\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5}) was asked for (\d{1,15}) connections, (\d{1,15}) answered, (\d{1,15}) refused$/

/** What our own listing of a capture says about the packets that it does not show. */
function readOwn(line: string, notes: Notes, index: number, section: Section): boolean {
  const asked = ASKED.exec(line)
  if (asked !== null) {
    const [ip = '', ...rest] = asked.slice(1)
    const [port = 0, attempts = 0, answered = 0, refused = 0] = rest.map(Number)
    notes.asked ??= []
    notes.asked.push({ at: citeLine(section, index), ip, port, attempts, answered, refused })
    return true
  }
  const span = SPAN.exec(line)
  if (span !== null) {
    const [from, to] = [readStamp(span[1] ?? ''), readStamp(span[2] ?? '')]
    if (from === undefined || to === undefined) return false
    notes.span = { from: from.seconds, to: to.seconds }
    return true
  }
  const filter = FILTER.exec(line)?.[1]
  const lost = LOST.exec(line)?.[1]
  if (filter !== undefined) notes.filter = filter
  if (lost !== undefined) {
    notes.lost ??= []
    notes.lost.push(lost)
  }
  return filter !== undefined || lost !== undefined
}
