/** What tcpdump says about itself, before and after the packets. */
import type { Capture } from '../../model/facts.ts'

export type Notes = { -readonly [K in 'interface' | 'linkType' | 'captured' | 'droppedByKernel']?: Capture[K] }

const COUNT = /^(?:\^C)?\s*(\d+) packets? (captured|received by filter|dropped by (?:kernel|interface))/
const LISTENING = /^(?:tcpdump: )?listening on ([^\s,]+)(?:, link-type ([A-Z0-9_]+))?/
const READING = /^(?:tcpdump: )?reading from file [^\n]*, link-type ([A-Z0-9_]+)/
const LINK_TYPE = /^tcpdump: data link type ([A-Z0-9_]+)/
const NOISE =
  /^(?:\^C|\s*$|\s+0x[0-9a-f]{4,}: |dropped privs to |tcpdump: (?:verbose output suppressed|WARNING: |Warning: )|Warning: |\(Promiscuous mode not supported)/

/** Takes the line into the notes. False: it is none. Numbers that cannot be counts are none either. */
export function readNote(line: string, notes: Notes): boolean {
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
