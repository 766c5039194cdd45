/** `nstat -az`, and the files it is made from: /proc/net/netstat and /proc/net/snmp. */
import { blankWords, wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import {
  type Cite,
  citeLine,
  type Parser,
  type Reading,
  type Section,
  type Unread,
  unreadLine,
} from '../model/evidence.ts'
import type { Counters } from '../model/facts.ts'

/**
 * Counters by their kernel names, prefix and all: `TcpExtIPReversePathFilter`. In the files of /proc a line of names
 * stands above a line of numbers, both with the prefix.
 * @throws NotUnderstood without a counter.
 */
export const nstat: Parser<Counters> = {
  format: 'nstat',
  parse(section: Section): Reading<Counters> {
    const counters = new Map<string, { value: number; at: Cite }>()
    const unread: Unread[] = []
    let names: readonly string[] = []
    const line = (words: readonly string[], at: Cite): boolean => {
      const [first = '', ...rest] = words
      if (!first.endsWith(':')) {
        const value = wholeNumber(rest[0])
        // The last column is the rate of change per second.
        if (!/^[A-Z]\w+$/.test(first) || value === undefined || !/^\d+\.\d+$/.test(rest[1] ?? '') || rest.length > 2)
          return false
        counters.set(first, { value, at })
        return true
      }
      if (names[0] !== first) {
        names = words
        return /^[A-Z]\w+:$/.test(first) && rest.every((name) => /^[A-Z]\w+$/.test(name))
      }
      const prefix = first.slice(0, -1)
      const pairs = rest.map((text, n) => [names[n + 1], /^-\d+$/.test(text) ? -1 : wholeNumber(text)] as const)
      const fits = pairs.length === names.length - 1 && pairs.every(([, value]) => value !== undefined)
      names = []
      // Tcp MaxConn is -1: no limit, not a counter.
      if (fits) for (const [name, value = -1] of pairs) if (value >= 0) counters.set(`${prefix}${name}`, { value, at })
      return fits
    }
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || text.startsWith('#')) return
      if (!line(blankWords(text), citeLine(section, index))) unread.push(unreadLine(section, index))
    })
    if (counters.size === 0) throw new NotUnderstood('no kernel counter')
    return { value: { counters }, unread }
  },
}
