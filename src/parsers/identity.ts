/** Who a host is: hostname, date, uname, hostnamectl, os-release, machine-id. */
import { parseClock } from '../lib/clock-text.ts'
import { parseIp } from '../lib/ip.ts'
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Identity } from '../model/facts.ts'

type Found = Omit<Identity, 'at'>
/** What one line tells; nothing in it: known, but of no use here; undefined: not understood. */
type ReadLine = (line: string, section: Section) => Found | undefined

const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})$/
const RELEASE = /^\d{1,3}\.\d{1,3}\.[\w.+~-]{1,80}$/

export const hostname: Parser<Identity> = oneLine('hostname', (line) => nameOf(line.trim()))

export const date: Parser<Identity> = oneLine('date', (line) => {
  const clock = parseClock(line)
  if (clock === 'no-zone') return {}
  return clock === undefined ? undefined : { clock }
})

export const machineId: Parser<Identity> = oneLine('machine-id', (line) => {
  const id = line.trim().toLowerCase()
  return /^[0-9a-f]{32}$/.test(id) ? { machineId: id } : undefined
})

/** `uname -a` prints `Linux NAME RELEASE #VERSION …`; `-r` and `-n` one of them. */
export const uname: Parser<Identity> = oneLine('uname', (line, section) => {
  const words = blankWords(line)
  const [first = '', second = '', third = ''] = words
  if (words.length === 1 && RELEASE.test(first)) return { kernel: first }
  if (words.length === 1 && /\s-n\b/.test(section.command)) return nameOf(first)
  if (first !== 'Linux') return undefined
  if (words.length === 2 && RELEASE.test(second)) return { kernel: second }
  return RELEASE.test(third) && HOST_NAME.test(second) ? { hostname: second, kernel: third } : undefined
})

export const hostnamectl: Parser<Identity> = keyed('hostnamectl', (line) => {
  const colon = line.indexOf(': ')
  const key = line.slice(0, Math.max(0, colon)).trim()
  const value = line.slice(colon + 2).trim()
  switch (key) {
    case 'Static hostname':
    case 'Transient hostname':
      return HOST_NAME.test(value) ? { hostname: value } : {}
    case 'Machine ID':
      return /^[0-9a-f]{32}$/.test(value) ? { machineId: value } : undefined
    case 'Operating System':
      return value === '' ? undefined : { os: value }
    case 'Kernel':
      return value.startsWith('Linux ') ? { kernel: value.slice(6) } : undefined
    default:
      return HOSTNAMECTL_ASIDE.test(key) ? {} : undefined
  }
})

/** /etc/os-release, /etc/centos-release and its like, /etc/debian_version. */
export const osRelease: Parser<Identity> = keyed('os-release', (line, section) => {
  const text = line.trim()
  const [, key, raw = ''] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(text) ?? []
  if (key === 'PRETTY_NAME') return raw === '' ? undefined : { os: unquoted(raw) }
  if (key !== undefined || text.startsWith('#')) return {}
  if (/^[A-Za-z].* release \d/.test(text)) return { os: text }
  return /debian_version/.test(`${section.command} ${section.path ?? ''}`) && /^[\w./]+$/.test(text)
    ? { os: `Debian ${text}` }
    : undefined
})

const HOSTNAMECTL_ASIDE =
  /^(?:Pretty hostname|Icon name|Chassis|Deployment|Location|Boot ID|Product UUID|AF_VSOCK CID|Virtualization|CPE OS Name|OS Support \w{1,9}|Architecture|(?:Hardware|Firmware) \w{1,12})$/

function nameOf(text: string): Found | undefined {
  return HOST_NAME.test(text) && parseIp(text) === undefined ? { hostname: text } : undefined
}

function unquoted(text: string): string {
  const quote = text[0]
  const inner = (quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text
  return inner.replace(/\\(.)/g, '$1')
}

/** The first line that tells something; whatever else is printed was not asked for. */
function oneLine(format: string, read: ReadLine): Parser<Identity> {
  return { format, parse: (section) => readIdentity(section, format, read, true) }
}

/** Many lines, the first to tell a thing wins: `Static hostname` stands above `Transient hostname`. */
function keyed(format: string, read: ReadLine): Parser<Identity> {
  return { format, parse: (section) => readIdentity(section, format, read, false) }
}

function readIdentity(section: Section, format: string, read: ReadLine, single: boolean): Reading<Identity> {
  let value: Identity | undefined
  const unread: Unread[] = []
  section.lines.forEach((line, index) => {
    if (line.trim() === '') return
    const found = single && value !== undefined ? undefined : read(line, section)
    const empty = found === undefined || Object.keys(found).length === 0
    // A date without a zone we know is a date, yet its line told nothing.
    if (found !== undefined && (!empty || single)) value = { ...found, ...(value ?? { at: citeLine(section, index) }) }
    if (found === undefined || (empty && single)) unread.push(unreadLine(section, index))
  })
  if (value === undefined) throw new NotUnderstood(`this is not what ${format} prints`)
  return { value, unread }
}
