// Many runs: side by side, within a time limit, each told about as it ends.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ownCpus } from './cpus.mjs'
import { recordCase } from './record.mjs'
import { cannot, folderOf, verdictOn, work } from './work.mjs'

/** @returns {Promise<{ outcomes: object[], notRun: object[], minutes: number, kernel: string }>} */
export async function runAll(lab, scenarios, { jobs, minutes, keep, record, resume }) {
  const started = Date.now()
  const limit = minutes === undefined ? Number.POSITIVE_INFINITY : Number(minutes) * 60_000
  const skipped = scenarios.filter((it) => cannot(lab.kernel, it) !== undefined)
  const isKept = (it) => resume && existsSync(join(keep, folderOf(it), 'outcome.json'))
  const queue = scenarios.filter((it) => !skipped.includes(it) && !isKept(it))
  for (const it of skipped) console.log(`skip  ${it.id}: ${cannot(lab.kernel, it)}`)
  const outcomes = []
  const worker = async (cpu) => {
    while (queue.length > 0 && Date.now() - started < limit) {
      const outcome = await work(lab, queue.shift(), cpu)
      tell(outcome)
      if (!outcome.ok || keep !== undefined) keepRun(outcome, keep ?? join(lab.root, 'tmp', 'lab'))
      if (record && outcome.ok) await recordCase(lab.tool, lab.root, outcome)
      rmSync(outcome.results, { recursive: true, force: true })
      outcomes.push(outcome)
    }
  }
  const cpus = ownCpus().reverse()
  await Promise.all(Array.from({ length: jobs }, (_, index) => worker(cpus[index % cpus.length])))
  if (queue.length > 0) tellPart(queue, outcomes.length, minutes)
  return {
    outcomes,
    notRun: [...skipped, ...queue],
    minutes: (Date.now() - started) / 60_000,
    kernel: lab.kernel.timeTravel ? 'kernel with time travel' : 'stock kernel',
  }
}

function tellPart(left, done, minutes) {
  const line = '#'.repeat(64)
  console.log(`\n${line}
# THE LAB WAS RUN IN PART: after ${minutes} minutes ${done} of ${done + left.length} runs were done. They were chosen by turns: an unchanged
# cluster of every mode, then a healthy variant and a fault of each section of the catalogue, and so on.
# Not run: ${left.map((it) => it.id).join(', ')}\n${line}`)
}

/** Judges kept runs with the tool as it is now. Whether live and offline agreed is what it was then. */
export async function judgeAgain(lab, scenarios, folder, record) {
  const kept = scenarios.filter((it) => existsSync(join(folder, folderOf(it), 'outcome.json')))
  const started = Date.now()
  const outcomes = []
  for (const scenario of kept) {
    const results = join(folder, folderOf(scenario))
    const then = JSON.parse(readFileSync(join(results, 'outcome.json'), 'utf8'))
    const outcome = await verdictOn(lab, { id: scenario.id, kind: scenario.kind, scenario, results, ...then })
    tell(outcome)
    if (!outcome.ok) tellReplay(results)
    if (record && outcome.ok) await recordCase(lab.tool, lab.root, outcome)
    outcomes.push(outcome)
  }
  return {
    outcomes,
    notRun: scenarios.filter((it) => !kept.includes(it)),
    minutes: (Date.now() - started) / 60_000,
    kernel: 'transcripts of earlier runs, judged again',
  }
}

function tell({ id, ok, why, seconds, toCome }) {
  const state = `${ok ? 'ok   ' : 'WRONG'} ${id.padEnd(40)} ${seconds.toFixed(0).padStart(3)} s`
  console.log(`${state}${toCome ? '  (check to come)' : ''}`)
  for (const line of why) console.log(`        ${line}`)
}

const tellReplay = (folder) => console.log(`        replay: node bin/run.js check ${join(folder, 'hosts')}`)

/** Keeps what a run left, and says how to look at it again. */
function keepRun({ ok, broken, results, seconds, disagree = [] }, into) {
  if (!existsSync(results)) return
  const folder = join(into, basename(results))
  mkdirSync(folder, { recursive: true })
  // A kernel that was killed leaves its sockets.
  cpSync(results, folder, { recursive: true, filter: (path) => basename(path) !== '.uml' })
  if (!broken) writeFileSync(join(folder, 'outcome.json'), JSON.stringify({ seconds, disagree }))
  if (!ok) tellReplay(folder)
}
