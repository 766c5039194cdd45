/** The verdict (first and last line of every report) and the short list of what is wrong. */
import type { Report } from '../model/report.ts'
import type { Problem } from './blocks.ts'
import type { Layout } from './layout.ts'
import { proseWidth } from './layout.ts'
import type { Line } from './spans.ts'
import { cut, line, span, wrap } from './spans.ts'
import { count, doNotApply, SEVERITY_WORD, STATUS_TONE, STATUS_WORD } from './words.ts'

/** What the verdict is about: the services where they are known, otherwise the hosts. */
export function scopeOf(report: Report): string {
  const named = report.services.map((one) =>
    one.fwmark !== null && one.vip === null
      ? `fwmark ${one.fwmark}`
      : one.vip === null
        ? null
        : `VIP ${one.vip}${one.port === null ? '' : `:${one.port}`}`,
  )
  const services = [...new Set(named.filter((one) => one !== null))]
  if (services.length === 1) return services[0] ?? ''
  const vips = [...new Set(report.services.flatMap((one) => one.vip ?? []))]
  if (services.length > 1) return vips.length === 1 ? `VIP ${vips[0]}` : count(services.length, 'service')
  if (report.hosts.length === 1) return report.hosts[0]?.names[0] ?? ''
  return report.hosts.length === 0 ? '' : count(report.hosts.length, 'host')
}

/** One sentence: how much is wrong, or what was looked at when nothing is. */
export function summaryOf(report: Report, problems: readonly Problem[]): string {
  const { coverage } = report
  const unsettled = coverage.undecided + coverage.notChecked + coverage.crashed
  if (problems.length > 0) return problemSummary(report, problems)
  if (coverage.pass === 0) return 'nothing could be checked'
  const passed = `${count(coverage.pass, 'check')} passed on ${count(report.hosts.length, 'host')}`
  if (report.result.status === 'unknown')
    return `nothing wrong found, but ${unsettled} of ${coverage.total} checks have no verdict`
  return coverage.notApplicable > 0 ? `${passed}, ${doNotApply(coverage.notApplicable)}` : passed
}

function problemSummary(report: Report, problems: readonly Problem[]): string {
  const causes = problems.filter((problem) => problem.kind === 'cause').length
  const open = problems.length - causes
  const effects = report.findings.filter((one) => one.explainedBy !== null && one.severity !== 'note').length
  const parts = [
    ...(causes > 0 ? [count(causes, 'cause')] : []),
    ...(effects > 0 ? [`${count(effects, 'effect')} of ${causes === 1 ? 'it' : 'them'}`] : []),
    ...(open > 0 ? [`${open} open`] : []),
  ]
  return `${count(problems.length + effects, 'problem')}: ${parts.join(', ')}`
}

export function verdictFirst(report: Report, problems: readonly Problem[], layout: Layout): Line[] {
  const word = STATUS_WORD[report.result.status]
  const scope = scopeOf(report)
  const text = scope === '' ? summaryOf(report, problems) : `${scope} - ${summaryOf(report, problems)}`
  const indent = word.length + 2
  return wrap(text, proseWidth(layout) - indent, layout.measure).map((row, index) =>
    index === 0
      ? line(span(word, STATUS_TONE[report.result.status]), '  ', span(row, 'heading'))
      : line(' '.repeat(indent), span(row, 'heading')),
  )
}

/** What somebody sees who looks at the end of a long output only: the causes by name, and the exit code. */
export function verdictLast(report: Report, problems: readonly Problem[], layout: Layout): Line[] {
  const word = STATUS_WORD[report.result.status]
  const exit = `(exit ${report.result.exitCode})`
  const room = proseWidth(layout) - word.length - exit.length - 4
  const titles = problems.map((problem) => problem.finding.title)
  const text =
    titles.length > 0 ? asManyAsFit(titles, room, layout) : cut(summaryOf(report, problems), room, layout.measure)
  const blanks = ' '.repeat(Math.max(2, room - layout.measure(text) + 2))
  return [line(span(word, STATUS_TONE[report.result.status]), '  ', text, blanks, span(exit, 'subdued'))]
}

/** Whole titles joined by semicolons, then how many more there are; only the first is ever cut. */
function asManyAsFit(titles: readonly string[], room: number, layout: Layout): string {
  for (let shown = Math.min(titles.length, 9); shown > 1; shown -= 1) {
    const text = joined(titles, shown)
    if (layout.measure(text) <= room) return text
  }
  const rest = joined(titles, 1).slice(titles[0]?.length ?? 0)
  return `${cut(titles[0] ?? '', room - rest.length, layout.measure)}${rest}`
}

function joined(titles: readonly string[], shown: number): string {
  const left = titles.length - shown
  return `${titles.slice(0, shown).join('; ')}${left > 0 ? `; and ${left} more` : ''}`
}

/** One problem of the list: number, title, and the check's id at the right edge where there is room. */
export function listItem(problem: Problem, layout: Layout): Line[] {
  const { finding } = problem
  const number = `${String(problem.number).padStart(3)}  `
  const title = problem.kind === 'open' ? `${finding.title} (open)` : finding.title
  const rows = wrap(title, proseWidth(layout) - number.length, layout.measure)
  const tone = finding.severity
  const out = rows.map((row, index) => line(index === 0 ? span(number, tone) : ' '.repeat(number.length), row))
  const used = number.length + layout.measure(rows.at(-1) ?? '')
  const left = proseWidth(layout) - used - finding.check.length
  if (left >= 2) out[out.length - 1] = [...(out.at(-1) ?? []), span(' '.repeat(left)), span(finding.check, 'subdued')]
  return out
}

/** `CAUSE 1  CRITICAL`, the head of a problem's own section. */
export function problemHead(problem: Problem): string {
  return `${problem.kind === 'cause' ? 'CAUSE' : 'OPEN'} ${problem.number}  ${SEVERITY_WORD[problem.finding.severity]}`
}
