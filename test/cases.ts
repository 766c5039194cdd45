/** Whole incidents under fixtures/cases: their texts, and what lvsdoctor has to make of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { diagnose, type Input } from '../src/engine/index.ts'
import type { Report } from '../src/model/report.ts'

export const CASES = resolve(import.meta.dirname, '../fixtures/cases')

export interface Expectation {
  /** One line: what happened. */
  readonly about: string
  /** First root cause; null where nothing is wrong. */
  readonly root: string | null
  /** `check@host host` of every critical or warning finding, sorted. */
  readonly findings: readonly string[]
  readonly notes: readonly string[]
  /** Checks that are not checked or undecided on every host they are meant for, sorted. */
  readonly notChecked: readonly string[]
  readonly services?: readonly string[]
  readonly hosts?: Readonly<Record<string, readonly string[]>>
}

export const caseNames = (): readonly string[] => readdirSync(CASES).sort()

export function inputsOf(name: string): readonly Input[] {
  const folder = join(CASES, name)
  return readdirSync(folder)
    .filter((file) => file !== 'expect.json')
    .sort()
    .map((file) => ({ name: file, bytes: readFileSync(join(folder, file)) }))
}

export function expectationOf(name: string): Expectation {
  return JSON.parse(readFileSync(join(CASES, name, 'expect.json'), 'utf8')) as Expectation
}

export function judgeCase(name: string): Report {
  return diagnose(inputsOf(name), { version: '0.0.0-test' })
}

export function readFolder(folder: string): readonly Input[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt') && file !== 'proof.txt')
    .sort()
    .map((file) => ({ name: basename(file), bytes: readFileSync(join(folder, file)) }))
}

/** A finding in one comparable line. */
export function findingLines(report: Report, notes: boolean): readonly string[] {
  return report.findings
    .filter((finding) => (finding.severity === 'note') === notes)
    .map((finding) => `${finding.check} ${[...finding.hosts].sort().join(' ')} ${finding.severity}`)
    .sort()
}

/** Checks that never came to a verdict although some host is meant. */
export function openChecks(report: Report): readonly string[] {
  const open = new Set<string>()
  const decided = new Set<string>()
  for (const { check, status } of report.results) {
    if (status === 'fail' || status === 'pass') decided.add(check)
    if (status === 'not-checked' || status === 'undecided') open.add(check)
  }
  return [...open].filter((check) => !decided.has(check)).sort()
}
