/** What a capture shows, as pictures: masters over time, owners by ARP, answers per server, events. */
import type { WireView } from '../model/wire.ts'
import type { Layout } from './layout.ts'
import type { Line } from './spans.ts'
import { line, span } from './spans.ts'

export function wireLines(view: WireView, { width, measure }: Pick<Layout, 'width' | 'measure'>): Line[] {
  const span1 = view.from === null || view.to === null ? '' : `  ${(view.to - view.from).toFixed(1)} s`
  return [
    line(span('PACKETS', 'heading'), `  seen on ${view.host}${span1}`),
    ...timeline(view, width),
    ...table(
      ['address', 'MAC', 'by ARP', 'times'],
      view.owners.map(({ ip, mac, says, count }) => [ip, mac ?? 'not printed', SAYS[says], `${count}`]),
      measure,
    ),
    ...table(
      ['server', 'SYN', 'SYN-ACK', 'RST', 'round trip (least / median / most)'],
      view.servers.map(({ server, attempts, answered, refused, roundTrip }) => [
        server,
        `${attempts}`,
        `${answered}`,
        `${refused}`,
        roundTrip === null ? '-' : [roundTrip.least, roundTrip.median, roundTrip.most].map(milliseconds).join(' / '),
      ]),
      measure,
    ),
    ...view.events.map(({ time, what }) => line('  ', span(clock(time, view.from), 'subdued'), `  ${what}`)),
  ]
}

const SAYS = { answers: 'answers', announces: 'announces', 'asks-as': 'asks as it' } as const

function milliseconds(seconds: number): string {
  const ms = seconds * 1000
  return ms < 1 ? `${Math.round(seconds * 1e6)} us` : `${ms >= 10 ? Math.round(ms) : ms.toFixed(2)} ms`
}

/** Seconds since the capture began: what a reader compares. */
function clock(time: number | null, from: number | null): string {
  return (time === null || from === null ? '-' : `+${(time - from).toFixed(2)}`).padStart(9)
}

/** A strip per sender: `#` where it was active, `.` where it was silent. */
function timeline({ masters, from, to }: WireView, width: number): Line[] {
  if (masters.length === 0) return []
  const names = masters.map(({ vrid, ip, priorities }) => `VRID ${vrid}  ${ip}  prio ${priorities.join('/') || '0'}`)
  const longest = Math.max(...names.map(({ length }) => length))
  const columns = Math.max(10, Math.min(60, width - longest - 6))
  return masters.map(({ active }, index) => {
    const name = (names[index] ?? '').padEnd(longest)
    if (from === null || to === null || to <= from) return line('  ', name)
    const cells = Array.from({ length: columns }, (_, i) => {
      const [start, end] = [from + ((to - from) * i) / columns, from + ((to - from) * (i + 1)) / columns]
      return active.some((one) => one.from < end && one.to >= start) ? '#' : '.'
    })
    return line('  ', name, '  ', cells.join(''))
  })
}

function table(heads: readonly string[], rows: readonly (readonly string[])[], measure: Layout['measure']): Line[] {
  if (rows.length === 0) return []
  const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map(measure)))
  const text = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - measure(cell))))
      .join('  ')
      .trimEnd()
  return [line('  ', span(text(heads), 'subdued')), ...rows.map((row) => line('  ', text(row)))]
}
