/** The words of the report for what the data says in codes. */
import type { Risk, Severity } from '../model/check.ts'
import type { GapCode, HostId } from '../model/evidence.ts'
import type { Report, ReportStatus, TopologyNode } from '../model/report.ts'
import type { Tone } from './spans.ts'

export const STATUS_WORD: Readonly<Record<ReportStatus, string>> = {
  ok: 'OK',
  warning: 'WARNING',
  critical: 'CRITICAL',
  unknown: 'UNKNOWN',
}

export const STATUS_TONE: Readonly<Record<ReportStatus, Tone>> = {
  ok: 'good',
  warning: 'warning',
  critical: 'critical',
  unknown: 'warning',
}

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  warning: 'WARNING',
  note: 'NOTE',
}

export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, note: 2 }

/** What carrying out a step does to the traffic, loud enough to be read before it is pasted. */
export const RISK_WORD: Readonly<Record<Risk, string>> = {
  safe: 'SAFE',
  reloads: 'RELOADS',
  'moves-traffic': 'MOVES TRAFFIC',
  'drops-connections': 'DROPS CONNECTIONS',
}

export const RISK_TONE: Readonly<Record<Risk, Tone>> = {
  safe: 'good',
  reloads: 'note',
  'moves-traffic': 'warning',
  'drops-connections': 'critical',
}

export const GAP_WORD: Readonly<Record<GapCode, string>> = {
  'not-collected': 'not collected',
  'no-such-tool': 'tool missing',
  denied: 'needs root',
  failed: 'failed',
  'timed-out': 'timed out',
  'cut-short': 'cut short',
  'not-understood': 'not understood',
  outdated: 'outdated',
}

/** `1 cause`, `2 causes`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** `1 does not apply`, `3 do not apply`. */
export function doNotApply(n: number): string {
  return `${n} ${n === 1 ? 'does' : 'do'} not apply`
}

/** The name to print for a host id: the first of its names. */
export type NameOf = (id: HostId) => string

export function hostNames(report: Report): NameOf {
  const names = new Map(report.hosts.map((host) => [host.id, host.names[0] ?? host.id]))
  return (id) => names.get(id) ?? id
}

export const ROLE_WORD: Readonly<Record<TopologyNode['role'], string>> = {
  director: 'director',
  'real-server': 'real server',
  client: 'client',
  unknown: 'host',
}

/** Number of the cause or open finding that a finding belongs to, by finding id. */
export type NumberOf = ReadonlyMap<string, number>

/** ` [1]` points at the cause with that number; '' where there is none. */
export function pointer(finding: string | null, numberOf: NumberOf): string {
  const number = finding === null ? undefined : numberOf.get(finding)
  return number === undefined ? '' : ` [${number}]`
}
