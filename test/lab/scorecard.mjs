// docs/scorecard.md: what the last full run showed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootsOf } from './judge.mjs'

/** Share of faults whose root has to come first. */
const AIM = 0.95

export function scorecard({ outcomes, kernel, minutes, notRun }) {
  const faults = outcomes.filter(({ kind }) => kind === 'fault')
  const healthy = outcomes.filter(({ kind }) => kind === 'healthy')
  const counted = faults.filter((it) => !it.toCome && rootsOf(it.scenario).length > 0)
  const found = counted.filter(({ rank }) => rank === 1)
  const unproven = outcomes.filter(({ proven }) => !proven)
  const alarms = healthy.filter((it) => (it.falseAlarms ?? []).length > 0)
  const differing = outcomes.filter((it) => (it.disagree ?? []).length > 0)
  const share = counted.length === 0 ? 1 : found.length / counted.length
  return {
    outcomes,
    faults,
    healthy,
    counted,
    found,
    unproven,
    alarms,
    differing,
    share,
    minutes,
    notRun,
    kernel,
    passed: unproven.length === 0 && alarms.length === 0 && differing.length === 0 && share >= AIM,
  }
}

const percent = (share) => `${(share * 100).toFixed(1)} %`

export function summaryLines({ faults, healthy, counted, found, unproven, alarms, differing, share, minutes }) {
  return [
    '',
    `${faults.length} faults, ${healthy.length} healthy clusters in ${minutes.toFixed(1)} minutes`,
    `symptom not shown: ${unproven.map(({ id }) => id).join(', ') || 'none'}`,
    `root first: ${found.length} of ${counted.length} whose check exists (${percent(share)}); ${faults.length - counted.length} others`,
    `false alarms on healthy clusters: ${alarms.map(({ id }) => id).join(', ') || 'none'}`,
    `live and offline differ: ${differing.map(({ id }) => id).join(', ') || 'nowhere'}`,
  ]
}

const cell = (text) => text.replaceAll('|', String.raw`\|`)
const list = (ids) => (ids === undefined || ids.length === 0 ? '' : ids.join(', '))
const byId = (a, b) => (a.id < b.id ? -1 : 1)

function faultRow(it) {
  const roots = rootsOf(it.scenario)
  const rank =
    roots.length === 0 ? 'none expected' : it.toCome ? 'check still to come' : it.rank ? String(it.rank) : 'not found'
  const proof = (it.proof ?? '')
    .split('\n')
    .filter((line) => !line.startsWith('in order'))
    .join('; ')
    .slice(0, 160)
  const also = [...(it.open ?? []), ...(it.effects ?? [])].filter((check) => !roots.includes(check))
  return `| ${[it.id, cell(proof || 'NOT SHOWN'), roots[0] ?? '-', rank, list(also), it.toCome ? '' : list(it.falseAlarms), it.notChecked ?? ''].join(' | ')} |`
}

function healthyRow(it) {
  return `| ${[it.id, it.scenario.note, it.proven ? 'yes' : 'NO', list(it.falseAlarms) || 'none', list(it.notes), it.notChecked ?? ''].join(' | ')} |`
}

/** The count that CI adds to its own. What the aim allows to be wrong is told, but does not fail. */
export function writeCount(path, { outcomes, passed }) {
  const wrong = outcomes.filter(({ ok }) => !ok).length
  const numFailedTests = passed ? 0 : Math.max(1, wrong)
  writeFileSync(path, JSON.stringify({ numPassedTests: outcomes.length - wrong, numFailedTests, success: passed }))
}

export function writeScorecard(root, card) {
  const wrong = [...card.faults, ...card.healthy].filter(({ ok }) => !ok).sort(byId)
  const text = `# Scorecard

Written by \`npm run lab\` on ${new Date().toISOString().slice(0, 10)}: ${card.minutes.toFixed(0)} minutes, ${card.kernel}. How the lab works: [lab.md](lab.md).

| figure | value |
| --- | --- |
| faults run, symptom proven in the run | ${card.faults.filter(({ proven }) => proven).length} of ${card.faults.length} |
| expected root first, where its check exists | ${card.found.length} of ${card.counted.length} (${percent(card.share)}) |
| faults whose check is still to come | ${card.faults.filter(({ toCome }) => toCome).length} |
| healthy clusters | ${card.healthy.length} |
| of these with a false alarm | ${card.alarms.length} |
| runs where live and offline differ | ${card.differing.length} |
| not run | ${card.notRun.map(({ id }) => id).join(', ') || 'none'} |

## Healthy clusters

| cluster | what is special | answers | false alarms | notes | not checked |
| --- | --- | --- | --- | --- | --- |
${[...card.healthy].sort(byId).map(healthyRow).join('\n')}

## Faults

"also" is all else that was reported above a note; what is neither an effect of the root nor expected beside it is a false alarm.

| fault | proven symptom | expected root | rank | also | false alarms | not checked |
| --- | --- | --- | --- | --- | --- | --- |
${[...card.faults].sort(byId).map(faultRow).join('\n')}

## What is not as it should be

${wrong.map(({ id, why }) => `- **${id}**: ${why.join('; ')}`).join('\n') || 'Nothing.'}
`
  writeFileSync(join(root, 'docs', 'scorecard.md'), text)
}
