/** Report to where it was asked for: stdout, a file, or a live screen. */
import type { Severity } from '../../model/check.ts'
import { EXIT, UserError } from '../../model/errors.ts'
import type { Report } from '../../model/report.ts'
import { RENDERERS, REPORT_FORMATS, type ReportFormat } from '../../report/index.ts'
import { writeWhole } from '../../sources/write-file.ts'
import { forgiveEarlyClose, print, stdoutIsTerminal } from './stdout.ts'
import { choice, width } from './values.ts'

/** The report flags as oclif gives them. */
export interface ReportFlags {
  readonly format?: string | undefined
  readonly json: boolean
  readonly output?: string | undefined
  readonly all: boolean
  readonly 'min-severity'?: string | undefined
  readonly 'fail-on'?: string | undefined
  readonly width?: string | undefined
  readonly 'no-live': boolean
  readonly 'no-color': boolean
  readonly ascii: boolean
  readonly unicode: boolean
}

export interface Delivery {
  readonly format: ReportFormat
  readonly live: boolean
  readonly output?: string
  readonly width: number
  readonly colour: boolean
  readonly unicode: boolean
  readonly all: boolean
  readonly minSeverity: Severity
  readonly failOn: FailOn
}

const SEVERITIES = ['critical', 'warning', 'note'] as const
const FAIL_ON = ['critical', 'warning', 'unknown', 'never'] as const
type FailOn = (typeof FAIL_ON)[number]

/**
 * Flags and surroundings to one decision. `keys`: nothing else reads stdin, so a screen may take its keys from there.
 * @throws UserError (64) for a wrong value, before anything is read
 */
export function deliveryOf(flags: ReportFlags, keys: boolean, env: NodeJS.ProcessEnv = process.env): Delivery {
  const { output } = flags
  if (flags.json && flags.format !== undefined && flags.format !== 'json')
    throw new UserError(`--json and --format ${flags.format} contradict each other`, EXIT.usage)
  const asked = flags.json ? 'json' : choice('format', flags.format, REPORT_FORMATS)
  const format = asked ?? (output?.toLowerCase().endsWith('.json') ? 'json' : 'text')
  const terminal = output === undefined && env.TERM !== 'dumb' && stdoutIsTerminal()
  const plainEnv = env.CI !== undefined && env.CI !== '' && env.CI !== 'false'
  const live = terminal && keys && process.stdin.isTTY === true && asked === undefined && !flags['no-live'] && !plainEnv
  const noColour = flags['no-color'] || (env.NO_COLOR ?? '') !== ''
  const columns = terminal ? (process.stdout.columns ?? 0) : 0
  return {
    format,
    live,
    ...(output === undefined ? {} : { output }),
    width: width(flags.width, columns >= 40 ? columns : 80),
    colour: terminal && !noColour,
    unicode: flags.unicode,
    all: flags.all,
    minSeverity: choice('min-severity', flags['min-severity'], SEVERITIES) ?? 'note',
    failOn: choice('fail-on', flags['fail-on'], FAIL_ON) ?? 'unknown',
  }
}

/**
 * Shows or writes the report. False where the operator left the screen with Ctrl-C.
 * @throws UserError (73) where the file cannot be written
 */
export async function deliver(report: Report, delivery: Delivery): Promise<boolean> {
  if (delivery.live) {
    forgiveEarlyClose()
    const { showReport } = await import('../../ui/mount.tsx')
    const left = await showReport(report, { ...delivery, stdout: process.stdout, stdin: process.stdin })
    return left !== 'interrupted'
  }
  const text = await RENDERERS[delivery.format](report, delivery)
  if (delivery.output === undefined) print(text)
  else writeWhole(delivery.output, text)
  return true
}

/** What gravity each exit code has: 0 < 3 < 1 < 2. */
const LEAST: Readonly<Record<FailOn, readonly number[]>> = {
  unknown: [EXIT.unknown, EXIT.warning, EXIT.critical],
  warning: [EXIT.warning, EXIT.critical],
  critical: [EXIT.critical],
  never: [],
}

/** The process's exit code: the report's, or 0 where `--fail-on` does not mind. */
export function exitCodeOf(report: Report, failOn: FailOn): number {
  const code = report.result.exitCode
  return LEAST[failOn].includes(code) ? code : EXIT.ok
}
