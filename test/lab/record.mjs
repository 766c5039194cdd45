// A run as an incident under fixtures/cases, for the ordinary tests.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { report } from './judge.mjs'

const lines = (report, notes) =>
  report.findings
    .filter(({ severity }) => (severity === 'note') === notes)
    .map(({ check, hosts, severity }) => `${check} ${[...hosts].sort().join(' ')} ${severity}`)
    .sort()

function openChecks({ results }) {
  const having = (...states) =>
    new Set(results.filter(({ status }) => states.includes(status)).map(({ check }) => check))
  const decided = having('fail', 'pass')
  return [...having('not-checked', 'undecided')].filter((check) => !decided.has(check)).sort()
}

/** Writes fixtures/cases/lab-MODE-NAME: the hosts' transcripts and what the doctor makes of them now. */
export async function recordCase(tool, root, { scenario, results }) {
  const folder = join(root, 'fixtures', 'cases', `lab-${scenario.mode}-${scenario.name}`)
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(join(results, 'hosts'))) cpSync(join(results, 'hosts', file), join(folder, file))
  const verdict = await report(tool, folder)
  const first = verdict.rootCauses[0]
  const expectation = {
    about: `${scenario.note} (${scenario.mode})`,
    root: first === undefined ? null : verdict.findings.find(({ id }) => id === first.finding).check,
    findings: lines(verdict, false),
    notes: lines(verdict, true),
    notChecked: openChecks(verdict),
  }
  writeFileSync(join(folder, 'expect.json'), `${JSON.stringify(expectation, null, 2)}\n`)
}
