#!/usr/bin/env node
// npm run lab [-- WORDS]: real clusters with real faults, judged by lvsdoctor. See docs/lab.md.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { boot, findKernel, missing, stepDown } from './kernel.mjs'
import { allScenarios, choose } from './plan.mjs'
import { recordCase } from './record.mjs'
import { scorecard, summaryLines, writeScorecard } from './scorecard.mjs'
import { registeredChecks, root, unpack } from './tool.mjs'
import { cannot, prepare, work } from './work.mjs'

const MISSING = 69

const { values: flags, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean' },
    shell: { type: 'boolean' },
    proof: { type: 'boolean' },
    record: { type: 'boolean' },
    keep: { type: 'string' },
    minutes: { type: 'string' },
    count: { type: 'string' },
    can: { type: 'boolean' },
    jobs: { type: 'string' },
    scorecard: { type: 'boolean' },
  },
})

const scenarios = choose(await allScenarios(), words)
if (flags.list) list(scenarios)
else if (flags.can) process.exitCode = missing().length === 0 ? 0 : MISSING
else process.exitCode = await main()

function list(all) {
  for (const { mode, name, root: id, note } of all) {
    console.log(`${mode.padEnd(5)}${name.padEnd(34)}${([id].flat()[0] ?? '-').padEnd(32)}${note}`)
  }
}

async function main() {
  if (missing().length > 0) {
    console.error(`lab: missing on this machine: ${missing().join(', ')}. The packages are in .ci/run`)
    return MISSING
  }
  const kernel = findKernel()
  const { scratch, tool, guest } = unpack()
  const lab = {
    kernel,
    scratch,
    tool,
    guest,
    checks: registeredChecks(tool),
    wanted: flags.proof ? 'proof' : 'collect',
  }
  lab.prefix = stepDown([join(tool, 'dist', 'main.cjs'), kernel.path, process.execPath])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
  if (flags.shell) return shell(lab, scenarios[0])
  return runAll(lab)
}

async function shell(lab, scenario) {
  const results = prepare(lab, scenario)
  await boot(lab.kernel, { ...lab, results, wanted: 'shell', interactive: true })
  return 0
}

async function runAll(lab) {
  const started = Date.now()
  const limit = flags.minutes === undefined ? Number.POSITIVE_INFINITY : Number(flags.minutes) * 60_000
  const skipped = scenarios.filter((it) => cannot(lab.kernel, it) !== undefined)
  const queue = scenarios.filter((it) => !skipped.includes(it))
  for (const it of skipped) console.log(`skip  ${it.id}: ${cannot(lab.kernel, it)}`)
  const done = []
  const worker = async (cpu) => {
    while (queue.length > 0 && Date.now() - started < limit) done.push(await one(lab, queue.shift(), cpu))
  }
  const jobs = Number(flags.jobs ?? Math.min(2, cpus().length))
  await Promise.all(Array.from({ length: jobs }, (_, cpu) => worker(jobs > 1 ? cpu : undefined)))
  if (queue.length > 0) console.log(`\nnot run, time was up: ${queue.map((it) => it.id).join(', ')}`)
  const card = scorecard(done, {
    kernel: lab.kernel,
    minutes: (Date.now() - started) / 60_000,
    notRun: [...skipped, ...queue],
  })
  for (const line of summaryLines(card)) console.log(line)
  if (flags.count) {
    const wrong = done.filter(({ ok }) => !ok).length
    const count = {
      numPassedTests: done.length - wrong,
      numFailedTests: card.passed ? 0 : Math.max(1, wrong),
      success: card.passed,
    }
    writeFileSync(flags.count, JSON.stringify(count))
  }
  if (flags.scorecard || (words.length === 0 && flags.minutes === undefined)) writeScorecard(root, card)
  return done.length > 0 && card.passed ? 0 : 1
}

async function one(lab, scenario, cpu) {
  const outcome = await work(lab, scenario, cpu)
  const { id, ok, why, seconds, toCome } = outcome
  console.log(
    `${ok ? 'ok   ' : 'WRONG'} ${id.padEnd(40)} ${seconds.toFixed(0).padStart(3)} s${toCome ? '  (check to come)' : ''}`,
  )
  for (const line of why) console.log(`        ${line}`)
  if (!ok || flags.keep !== undefined) keep(outcome)
  if (flags.record && ok) recordCase(lab.tool, root, outcome)
  rmSync(outcome.results, { recursive: true, force: true })
  return outcome
}

/** Keeps what a run left, and says how to look at it again. */
function keep({ ok, results }) {
  if (!existsSync(results)) return
  const folder = join(flags.keep ?? join(root, 'tmp', 'lab'), basename(results))
  mkdirSync(folder, { recursive: true })
  cpSync(results, folder, { recursive: true })
  if (!ok) console.log(`        replay: node bin/run.js check ${join(folder, 'hosts')}`)
}
