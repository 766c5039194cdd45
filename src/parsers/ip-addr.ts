/**
 * `ip addr` and `ip link`, with `-d`, `-s` and `-o`, of iproute2 from 2009 (CentOS 6) on.
 * `ip -o addr` prints no flags and leaves out links without addresses: its links have no flags, and it is a selection.
 */
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Link, Links } from '../model/facts.ts'
import { readAddress } from './ip-addr/address.ts'
import { type LinkDraft, readDetail, readHeader } from './ip-addr/link.ts'
import { ipCommand, oneFamily } from './iproute/command.ts'

export const ipAddr: Parser<Links> = { format: 'ip-addr', parse: readLinks }
export const ipLink: Parser<Links> = { format: 'ip-link', parse: readLinks }

/** `3: eth0    inet 10.0.0.1/24 …` of `ip -o addr` */
const ONE_LINE_ADDRESS = /^(\d{1,10}): (\S+)\s+(inet6? .*)$/
const LIFETIME = /^valid_lft (?:forever|\d+sec) preferred_lft (?:forever|\d+sec)$/

interface State {
  readonly section: Section
  readonly links: Map<string, LinkDraft>
  current: LinkDraft | undefined
  /** The line before was the heading of a statistics table. */
  counting: boolean
}

function readLinks(section: Section): Reading<Links> {
  const state: State = { section, links: new Map(), current: undefined, counting: false }
  const unread: Unread[] = []
  section.lines.forEach((line, index) => {
    if (line.trim() === '') return
    // `-o` joins the lines of one record with backslashes.
    const understood = line.split('\\').map((part) => readPart(state, part, index))
    if (understood.includes(false)) unread.push(unreadLine(section, index))
  })
  if (state.links.size === 0) throw new NotUnderstood('no interface in what ip printed')
  const links: Link[] = [...state.links.values()]
  const partial = isSelection(section.command) || links.some((link) => link.flags.length === 0)
  return { value: { links }, unread, ...(partial ? { partial: true } : {}) }
}

function isSelection(text: string): boolean {
  const command = ipCommand(text)
  return command !== undefined && (command.piped || oneFamily(command) || command.rest.length > 0)
}

/** By content, not by indentation: copying through a web page or a quote changes that. */
function readPart(state: State, part: string, index: number): boolean {
  const counts = state.counting
  state.counting = false
  const text = part.trim()
  if (text === '' || startsLink(state, text, index)) return true
  const words = blankWords(text)
  const link = state.current
  if (link === undefined) return false
  const address = readAddress(words)
  if (address !== undefined) {
    link.addresses.push({ ...address, at: citeLine(state.section, index) })
    return true
  }
  state.counting = /^[RT]X/.test(text)
  if (LIFETIME.test(text) || readDetail(link, text, words) || (counts && /^[\d\s]+$/.test(text))) return true
  // An unknown line from the left margin may be the damaged start of another link: what follows is not this one's.
  if (/^\S/.test(part)) state.current = undefined
  return false
}

function startsLink(state: State, text: string, index: number): boolean {
  const at = citeLine(state.section, index)
  const header = readHeader(text)
  if (header !== undefined) {
    state.current = { ...header, at }
    state.links.set(header.name, state.current)
    return true
  }
  const [, number = '', name = '', rest = ''] = ONE_LINE_ADDRESS.exec(text) ?? []
  const address = readAddress(blankWords(rest))
  if (address === undefined) return false
  state.current = state.links.get(name) ?? { name, index: Number(number), flags: [], addresses: [], at }
  state.links.set(name, state.current)
  state.current.addresses.push({ ...address, at })
  return true
}
