/** `route`, `route -n`, `netstat -r`, `netstat -rn`: the main table, IPv4. */
import { maskPrefix, parseIp } from '../lib/ip.ts'
import { blankWords, wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Route, Routes } from '../model/facts.ts'

const TITLES = /^Destination\s+Gateway\s+Genmask\s+Flags\s/

/**
 * Routes as /proc/net/route has them: of a multipath route the first next hop alone, no source addresses. Names instead of
 * addresses (without `-n`) are read where they are `default` and `*`; another name is an unread line.
 * @throws NotUnderstood without the line of titles
 */
export const routeTable: Parser<Routes> = {
  format: 'route',
  parse(section: Section): Reading<Routes> {
    const routes: Route[] = []
    const unread: Unread[] = []
    let titles: readonly string[] | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || /^Kernel IP routing table$/.test(text)) return
      if (TITLES.test(text)) {
        titles = blankWords(text)
        return
      }
      const route = titles && rowOf(blankWords(text), titles.indexOf('Metric'))
      if (route === undefined) unread.push(unreadLine(section, index))
      else routes.push({ ...route, at: citeLine(section, index) })
    })
    if (titles === undefined) throw new NotUnderstood('no line of titles')
    const partial = section.command.includes('|')
    return { value: { routes, tables: 'main' }, unread, ...(partial ? { partial: true } : {}) }
  },
}

const COLUMNS = 8

/** `metricAt`: netstat has no such column. */
function rowOf(words: readonly string[], metricAt: number): Omit<Route, 'at'> | undefined {
  if (words.length !== COLUMNS) return undefined
  const [destination = '', gateway = '', mask = '', flags = ''] = words
  const dev = words[COLUMNS - 1] ?? ''
  const to = destination === 'default' ? '0.0.0.0' : parseIp(destination)
  const prefix = maskPrefix(mask)
  const metric = metricAt < 0 ? 0 : wholeNumber(words[metricAt])
  // No gateway is 0.0.0.0 in numbers, `*` in names, `-` for a route that refuses.
  const direct = gateway === '0.0.0.0' || gateway === '*' || gateway === '-'
  const via = direct ? undefined : parseIp(gateway)
  if (to === undefined || prefix === undefined || metric === undefined || !/^[A-Z!]+$/.test(flags)) return undefined
  if (!direct && via === undefined) return undefined
  return {
    // The kernel marks unreachable and prohibit as refusing; a blackhole has just no interface.
    type: flags.includes('!') ? 'unreachable' : dev === '*' || dev === '-' ? 'blackhole' : 'unicast',
    to: `${to}/${prefix}`,
    table: 'main',
    ...(via === undefined ? {} : { via }),
    ...(dev === '*' || dev === '-' ? {} : { dev }),
    metric,
    ...(direct ? { scope: 'link' } : {}),
    nexthops: [],
    flags: [],
  }
}
