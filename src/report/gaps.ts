/** What was not checked, gathered by the one command on one host that would settle it. */
import type { GapCode, HostId } from '../model/evidence.ts'
import type { NotReached, Report, Result } from '../model/report.ts'

/** One command somebody could run, and how many verdicts wait for its output. */
export interface GapRow {
  readonly checks: number
  readonly host: HostId | null
  readonly code: GapCode
  /** '' where nothing can be asked for. */
  readonly ask: string
}

/** A check without a verdict and without a command that would bring one. */
export interface Unsettled {
  readonly check: string
  readonly target: string
  readonly status: 'undecided' | 'not-checked' | 'crashed'
  readonly because: string
}

export interface Gaps {
  /** Results without a verdict. */
  readonly total: number
  readonly rows: readonly GapRow[]
  readonly unsettled: readonly Unsettled[]
  readonly notReached: readonly NotReached[]
}

/** A result may wait for several commands, so the counts of the rows can add up to more than `total`. */
export function gatherGaps(report: Report): Gaps {
  const rows = new Map<string, GapRow>()
  const unsettled: Unsettled[] = []
  let total = 0
  for (const result of report.results) {
    const { status } = result
    if (status !== 'undecided' && status !== 'not-checked' && status !== 'crashed') continue
    total += 1
    const asked = rowsOf(result)
    if (asked.size === 0) {
      unsettled.push({ check: result.check, target: result.target, status, because: result.because })
    }
    for (const [key, row] of asked) rows.set(key, { ...row, checks: (rows.get(key)?.checks ?? 0) + 1 })
  }
  return { total, rows: [...rows.values()].sort(mostUsefulFirst), unsettled, notReached: report.notReached ?? [] }
}

/** The gaps of one result, each command once. The first command of a gap is the one to run; the rest are other ways. */
function rowsOf(result: Result): Map<string, GapRow> {
  const rows = new Map<string, GapRow>()
  for (const gap of result.gaps) {
    const ask = gap.ask[0] ?? ''
    const key = JSON.stringify([gap.host, gap.code, ask])
    rows.set(key, { checks: 1, host: gap.host, code: gap.code, ask })
  }
  return rows
}

function mostUsefulFirst(a: GapRow, b: GapRow): number {
  if (a.checks !== b.checks) return b.checks - a.checks
  const left = `${a.host ?? ''} ${a.ask}`
  const right = `${b.host ?? ''} ${b.ask}`
  return left < right ? -1 : left > right ? 1 : 0
}
