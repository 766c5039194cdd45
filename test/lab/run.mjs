#!/usr/bin/env node
// npm run lab [-- WORDS]: real clusters with real faults, judged by lvsdoctor. See docs/lab.md.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ownCpus } from './cpus.mjs'
import { rootsOf } from './judge.mjs'
import { boot, findKernel, missing, stepDown } from './kernel.mjs'
import { allScenarios, byTurns, choose } from './plan.mjs'
import { judgeAgain, runAll } from './runner.mjs'
import { scorecard, summaryLines, writeCount, writeScorecard } from './scorecard.mjs'
import { registeredChecks, root, unpack } from './tool.mjs'
import { prepare } from './work.mjs'

const MISSING = 69

const { values: flags, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    again: { type: 'string' },
    can: { type: 'boolean' },
    count: { type: 'string' },
    jobs: { type: 'string' },
    keep: { type: 'string' },
    list: { type: 'boolean' },
    minutes: { type: 'string' },
    proof: { type: 'boolean' },
    record: { type: 'boolean' },
    resume: { type: 'boolean' },
    scorecard: { type: 'boolean' },
    shell: { type: 'boolean' },
  },
})

const scenarios = choose(await allScenarios(), words)
if (flags.list) list(scenarios)
else if (flags.can) process.exitCode = missing().length === 0 ? 0 : MISSING
else process.exitCode = await main()

function list(all) {
  for (const { mode, name, root: id, note } of all) {
    console.log(`${mode.padEnd(5)}${name.padEnd(30)}${([id].flat()[0] ?? '-').padEnd(34)}${note}`)
  }
}

async function main() {
  const lab = { root, wanted: flags.proof ? 'proof' : 'collect', ...(await unpack()) }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  process.on('exit', () => rmSync(lab.scratch, { recursive: true, force: true }))
  lab.twice = flags.minutes !== undefined
  lab.checks = await registeredChecks(lab.tool)
  if (flags.again) return conclude(await judgeAgain(lab, scenarios, flags.again, flags.record))
  if (missing().length > 0) {
    console.error(`lab: missing on this machine: ${missing().join(', ')}. The packages are in .ci/run`)
    return MISSING
  }
  lab.kernel = findKernel()
  lab.prefix = stepDown([join(lab.tool, 'dist', 'main.cjs'), lab.kernel.path, process.execPath])
  if (flags.shell) return shell(lab, scenarios[0])
  const jobs = Number(flags.jobs ?? Math.min(2, ownCpus().length))
  return conclude(await runAll(lab, flags.minutes ? inTurns(lab) : scenarios, { ...flags, jobs }))
}

function inTurns({ checks }) {
  const sectionOf = (it) => checks.get(rootsOf(it).find((id) => checks.has(id)))
  return byTurns(scenarios, sectionOf)
}

async function shell(lab, scenario) {
  const results = prepare(lab, scenario)
  await boot(lab.kernel, { ...lab, results, wanted: 'shell', interactive: true })
  return 0
}

function conclude(run) {
  const card = scorecard(run)
  for (const line of summaryLines(card)) console.log(line)
  if (flags.count) writeCount(flags.count, card)
  const full = words.length === 0 && !flags.minutes && !flags.proof && !flags.again && !flags.resume
  if (flags.scorecard || full) writeScorecard(root, card)
  return card.outcomes.length > 0 && card.passed ? 0 : 1
}
