/** Notes, what passed, what nobody understood. */
import type { Finding, Report, Result } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { proseWidth } from './layout.ts'
import type { Line } from './spans.ts'
import { cut, line, span, wrap } from './spans.ts'
import type { NameOf } from './words.ts'
import { count, doNotApply } from './words.ts'

const MOST_UNREAD = 3

export function noteLines(notes: readonly Finding[], hidden: number, nameOf: NameOf, layout: Layout): Line[] {
  const rows = notes.map((note) => {
    const hosts = note.hosts.map(nameOf).join(' ')
    const room = proseWidth(layout) - 4 - note.check.length
    return line(
      '  ',
      cut(hosts === '' ? note.title : `${hosts}: ${note.title}`, room, layout.measure),
      '  ',
      span(note.check, 'subdued'),
    )
  })
  const shut =
    hidden > 0 ? [line('  ', span(`${count(hidden, 'finding')} below --min-severity not shown`, 'subdued'))] : []
  return [line(span('NOTES', 'note'), `  ${notes.length}`), ...rows, ...shut]
}

/** What each host plainly lacks: why little could be checked there. */
export function remarkLines(hosts: Report['hosts'], layout: Layout): Line[] {
  return hosts.flatMap((host) => {
    const name = host.names[0] ?? host.id
    const rows = wrap((host.remarks ?? []).join('; '), proseWidth(layout) - 4 - name.length, layout.measure)
    return rows.map((row, index) =>
      line('  ', span(index === 0 ? name : ' '.repeat(name.length), 'heading'), '  ', row),
    )
  })
}

export function passedLines(report: Report, all: boolean): Line[] {
  const { pass, notApplicable } = report.coverage
  const rest = notApplicable > 0 ? `, ${doNotApply(notApplicable)}` : ''
  return [line(span('PASSED', 'good'), `  ${count(pass, 'check')}${rest}${all ? '' : ' (--all lists them)'}`)]
}

/** Every result; hosts for which a check says the same share a row. */
export function tableLines(report: Report, nameOf: NameOf, layout: Layout): Line[] {
  const rows = new Map<string, { result: Result; targets: string[] }>()
  for (const result of report.results) {
    const key = JSON.stringify([result.check, result.status, result.because])
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { result, targets: [nameOf(result.target)] })
    else row.targets.push(nameOf(result.target))
  }
  const cells = [...rows.values()].map(({ result, targets }) => [
    result.status,
    result.check,
    targets.join(' '),
    result.because,
  ])
  const table = layout.tabulate?.(['result', 'check', 'hosts', 'because'], cells, layout.width - 2) ?? []
  return table.map((row, index) => line('  ', span(row, index === 0 ? 'subdued' : 'plain')))
}

export function unreadLines(unread: Report['unread'], layout: Layout, all: boolean): Line[] {
  const shown = all ? unread : unread.slice(0, MOST_UNREAD)
  const left = unread.length - shown.length
  return [
    line(span('NOT UNDERSTOOD', 'warning'), `  ${count(unread.length, 'line')}`),
    ...shown.map((one) =>
      line('  ', span(cut(`${one.source}:${one.line}   ${one.text}`, layout.width - 2, layout.measure))),
    ),
    ...(left > 0 ? [line('  ', span(`and ${left} more, --all shows them`, 'subdued'))] : []),
  ]
}
