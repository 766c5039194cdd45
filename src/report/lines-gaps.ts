/** What was not checked: per command that would settle it, the most useful first. */
import type { NotReached } from '../model/report.ts'
import type { GapRow, Gaps, Unsettled } from './gaps.ts'
import type { Layout } from './layout.ts'
import { proseWidth } from './layout.ts'
import type { Line } from './spans.ts'
import { cut, line, pad, span, wrap } from './spans.ts'
import type { NameOf } from './words.ts'
import { count, GAP_WORD } from './words.ts'

const MOST = 8
const WIDEST_HOST = 24

export function gapLines(gaps: Gaps, total: number, nameOf: NameOf, layout: Layout, all: boolean): Line[] {
  return [
    ...gaps.notReached.flatMap((one) => notReachedLines(one, layout)),
    ...(gaps.total === 0 ? [] : uncheckedLines(gaps, total, nameOf, layout, all)),
  ]
}

function notReachedLines({ host, why, tryThis }: NotReached, layout: Layout): Line[] {
  const rows = wrap(`${host}: ${why}`, proseWidth(layout) - 'NOT REACHED  '.length, layout.measure)
  return [
    ...rows.map((row, index) =>
      index === 0 ? line(span('NOT REACHED', 'warning'), '  ', row) : line('             ', row),
    ),
    line('  try  ', span(tryThis, 'command')),
  ]
}

function uncheckedLines(gaps: Gaps, total: number, nameOf: NameOf, layout: Layout, all: boolean): Line[] {
  const rows = all ? gaps.rows : gaps.rows.slice(0, MOST)
  const unsettled = all ? gaps.unsettled : gaps.unsettled.slice(0, MOST)
  return [
    line(span('NOT CHECKED', 'warning'), `  ${gaps.total} of ${count(total, 'check')} - the verdict could change`),
    ...(rows.length > 0 ? askTable(rows, nameOf, layout) : []),
    ...(rows.length > 2
      ? [line('  ', span('lvsdoctor collect, run on a host, gathers all of it at once', 'subdued'))]
      : []),
    ...more(gaps.rows.length - rows.length),
    ...unsettled.flatMap((one) => unsettledLines(one, nameOf, layout)),
    ...more(gaps.unsettled.length - unsettled.length),
  ]
}

function more(left: number): Line[] {
  return left > 0 ? [line('  ', span(`and ${left} more, --all shows them`, 'subdued'))] : []
}

/** How many checks wait, where, why, and the command; it stands last and whole so that it can be copied. */
function askTable(rows: readonly GapRow[], nameOf: NameOf, layout: Layout): Line[] {
  const { measure } = layout
  const cells = rows.map((row) => ({
    checks: String(row.checks),
    host: cut(row.host === null ? 'any' : nameOf(row.host), WIDEST_HOST, measure),
    why: GAP_WORD[row.code],
    ask: row.ask.replace(/\s*\n\s*/g, '; '),
  }))
  const hosts = cells.reduce((most, cell) => Math.max(most, measure(cell.host)), 'host'.length)
  const whys = cells.reduce((most, cell) => Math.max(most, cell.why.length), 'why'.length)
  return [
    line(span(`  checks  ${'host'.padEnd(hosts)}  ${'why'.padEnd(whys)}  run there`, 'subdued')),
    ...cells.map((cell) =>
      line(
        `  ${cell.checks.padStart('checks'.length)}  ${pad(cell.host, hosts, measure)}  `,
        span(cell.why.padEnd(whys), 'subdued'),
        '  ',
        span(cell.ask, 'command'),
      ),
    ),
  ]
}

function unsettledLines(one: Unsettled, nameOf: NameOf, layout: Layout): Line[] {
  const where = one.target === 'case' ? '' : ` on ${nameOf(one.target)}`
  const why = one.because === '' ? '' : `: ${one.because}`
  return wrap(`${one.status} ${one.check}${where}${why}`, proseWidth(layout) - 4, layout.measure).map((row, index) =>
    line(index === 0 ? '  ' : '    ', row),
  )
}
