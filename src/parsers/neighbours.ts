/** Who answers for which address: `ip neigh`, `arp -n`, `arp -an` and /proc/net/arp. */
import { blankWords } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Neighbour, Neighbours } from '../model/facts.ts'
import { ipCommand, oneFamily } from './iproute/command.ts'
import { arpRow } from './neighbours/arp-rows.ts'
import type { Entry } from './neighbours/entry.ts'
import { neighRow } from './neighbours/neigh-row.ts'

type ReadRow = (words: readonly string[]) => Entry | undefined

const ARP_HEADING = /^\s*(?:Address\s+HWtype\s+HWaddress|IP address\s+HW type\s+Flags)/
/** Last line of `arp -v`. */
const ARP_SUMMARY = /^Entries: \d+\s+Skipped: \d+\s+Found: \d+$/

/** States: `complete`, PERMANENT (flag M), PROXY (flag P: this host answers for the address), INCOMPLETE. */
export const arpTable: Parser<Neighbours> = {
  format: 'arp',
  parse: (section) => read(section, arpRow, section.command.includes('|')),
}

/** States as printed, and PROXY for what `ip neigh show proxy` lists. */
export const ipNeigh: Parser<Neighbours> = {
  format: 'ip-neigh',
  parse: (section) => {
    const command = ipCommand(section.command)
    const partial = command !== undefined && (command.piped || oneFamily(command) || command.rest.length > 0)
    const asked = command?.rest.indexOf('dev') ?? -1
    const dev = asked < 0 ? undefined : command?.rest[asked + 1]
    return read(section, (words) => neighRow(words, dev), partial)
  },
}

/** A heading alone is an empty table; without one, at least one row must be understood. */
function read(section: Section, row: ReadRow, partial: boolean): Reading<Neighbours> {
  const entries: Neighbour[] = []
  const unread: Unread[] = []
  let headed = false
  section.lines.forEach((line, index) => {
    if (line.trim() === '' || ARP_SUMMARY.test(line)) return
    if (ARP_HEADING.test(line)) {
      headed = true
      return
    }
    const entry = row(blankWords(line))
    if (entry === undefined) unread.push(unreadLine(section, index))
    else entries.push({ ...entry, at: citeLine(section, index) })
  })
  if (!headed && entries.length === 0) throw new NotUnderstood('no table of neighbours')
  return { value: { entries }, unread, ...(partial ? { partial: true } : {}) }
}
