/** The report cut into blocks: the one layout that the text printer and the screens share. */
import type { Severity } from '../model/check.ts'
import type { Finding, Report } from '../model/report.ts'
import type { Gaps } from './gaps.ts'
import { gatherGaps } from './gaps.ts'
import type { NameOf } from './words.ts'
import { hostNames, SEVERITY_RANK } from './words.ts'

/** A finding that needs somebody to act: a root cause, or one that no root cause explains (`open`). */
export interface Problem {
  /** Counted through causes and open findings, so that the picture can point at either. */
  readonly number: number
  readonly kind: 'cause' | 'open'
  readonly finding: Finding
  /** Findings that go away with it. */
  readonly explains: readonly Finding[]
}

/** One virtual router played through its failures. */
export type Rehearsal = NonNullable<Report['rehearsals']>[number]

export type Block =
  | {
      readonly kind: 'verdict'
      readonly place: 'first' | 'last'
      readonly report: Report
      readonly problems: readonly Problem[]
    }
  | { readonly kind: 'list'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'picture'
      readonly report: Report
      readonly numberOf: ReadonlyMap<string, number>
      readonly nameOf: NameOf
    }
  | { readonly kind: 'remarks'; readonly hosts: Report['hosts'] }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly nameOf: NameOf; readonly all: boolean }
  | { readonly kind: 'notes'; readonly notes: readonly Finding[]; readonly hidden: number; readonly nameOf: NameOf }
  | { readonly kind: 'rehearsal'; readonly rehearsal: Rehearsal; readonly nameOf: NameOf }
  | {
      readonly kind: 'gaps'
      readonly gaps: Gaps
      readonly total: number
      readonly nameOf: NameOf
      readonly all: boolean
    }
  | { readonly kind: 'packets'; readonly view: NonNullable<Report['packets']>[number] }
  | { readonly kind: 'passed'; readonly report: Report; readonly all: boolean }
  | { readonly kind: 'table'; readonly report: Report; readonly nameOf: NameOf }
  | { readonly kind: 'unread'; readonly unread: Report['unread']; readonly all: boolean }

export interface BlockOptions {
  /** Also what passed, every gap, every line nobody understood. */
  readonly all: boolean
  /** Findings below it are counted, not shown. The verdict is not touched by it. */
  readonly minSeverity: Severity
}

/** Root causes in the order of the report, then what they leave open. Notes are never among them. */
export function problemsOf(report: Report): readonly Problem[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]))
  const known = (ids: readonly string[]): Finding[] => ids.flatMap((id) => byId.get(id) ?? [])
  const roots = new Set(report.rootCauses.map((root) => root.finding))
  const causes = report.rootCauses.flatMap((root) =>
    known([root.finding]).map((finding) => ({ kind: 'cause' as const, finding, explains: known(root.explains) })),
  )
  const open = report.findings
    .filter((finding) => finding.explainedBy === null && !roots.has(finding.id) && finding.severity !== 'note')
    .map((finding) => ({ kind: 'open' as const, finding, explains: [] }))
  return [...causes, ...open].map((problem, index) => ({ number: index + 1, ...problem }))
}

/** The blocks of a whole report, in the order of reading. */
export function toBlocks(report: Report, options: BlockOptions): readonly Block[] {
  const { all } = options
  const nameOf = hostNames(report)
  const problems = problemsOf(report)
  const loud = (finding: Finding): boolean => SEVERITY_RANK[finding.severity] <= SEVERITY_RANK[options.minSeverity]
  const shown = problems.filter((problem) => loud(problem.finding))
  const taken = new Set(problems.map((problem) => problem.finding.id))
  const quiet = report.findings.filter(
    (one) => one.severity === 'note' && one.explainedBy === null && !taken.has(one.id),
  )
  const notes = quiet.filter(loud)
  const hidden = problems.length - shown.length + quiet.length - notes.length
  const gaps = gatherGaps(report)
  const numberOf = new Map(
    problems.flatMap((one) =>
      [one.finding, ...one.explains].map((finding): [string, number] => [finding.id, one.number]),
    ),
  )
  const middle: Block[] = []
  if (shown.length > 0) middle.push({ kind: 'list', problems: shown })
  if (report.topology.nodes.length > 0) middle.push({ kind: 'picture', report, numberOf, nameOf })
  const lacking = report.hosts.filter((host) => (host.remarks ?? []).length > 0)
  // Where something is wrong the causes come first, and their evidence says it.
  if (lacking.length > 0 && shown.length === 0) middle.push({ kind: 'remarks', hosts: lacking })
  for (const view of report.packets ?? []) middle.push({ kind: 'packets', view })
  for (const problem of shown) middle.push({ kind: 'problem', problem, nameOf, all })
  if (notes.length > 0 || hidden > 0) middle.push({ kind: 'notes', notes, hidden, nameOf })
  // A plain pair that fails over every time is told with --all; one that does not is always shown.
  for (const rehearsal of report.rehearsals ?? []) {
    if (all || rehearsal.rows.some((row) => !row.failsOver)) middle.push({ kind: 'rehearsal', rehearsal, nameOf })
  }
  if (gaps.total + gaps.notReached.length > 0)
    middle.push({ kind: 'gaps', gaps, total: report.coverage.total, nameOf, all })
  if (report.coverage.total > 0) middle.push({ kind: 'passed', report, all })
  if (all && report.results.length > 0) middle.push({ kind: 'table', report, nameOf })
  if (report.unread.length > 0) middle.push({ kind: 'unread', unread: report.unread, all })
  const first: Block = { kind: 'verdict', place: 'first', report, problems }
  const last: Block = { kind: 'verdict', place: 'last', report, problems }
  return middle.length > 0 ? [first, ...middle, last] : [first]
}
