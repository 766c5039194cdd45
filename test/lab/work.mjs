// One run: write what the guest needs, boot it, judge what it left.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeGuestFiles } from './guest-files.mjs'
import { disagreements, judge, proofOf } from './judge.mjs'
import { boot, guestOwner } from './kernel.mjs'

/** Seconds without a new line in the run's story. The slowest step takes a fifth of it on a machine that is not busy. */
const PATIENCE = 150

function watch(results) {
  const story = join(results, 'story.txt')
  const started = Date.now()
  return () => Date.now() - (existsSync(story) ? statSync(story).mtimeMs : started) > PATIENCE * 1000
}

/** Why this kernel cannot do a scenario, or undefined. */
export function cannot(kernel, { needs = [] }) {
  const lacking = needs.filter((need) => !kernel[need])
  return lacking.length === 0 ? undefined : `the kernel lacks ${lacking.join(', ')}`
}

export const folderOf = ({ id }) => id.replace(' ', '-')

export function prepare(lab, scenario) {
  const results = join(lab.scratch, 'runs', folderOf(scenario))
  mkdirSync(results, { recursive: true })
  const iptables = scenario.iptables === 'legacy' || !lab.kernel.nft ? 'legacy' : 'nft'
  writeGuestFiles(results, scenario, { iptables, node: process.execPath })
  const owner = guestOwner(lab.prefix)
  if (owner === undefined) chmodSync(results, 0o755)
  else execFileSync('chown', ['-R', `${owner}:${owner}`, results])
  return results
}

/** @returns the scenario's outcome: `{ id, ok, why[], results, seconds, ...judgement }` */
export async function work(lab, scenario, cpu) {
  const outcome = await attempt(lab, scenario, cpu)
  // A kernel that is a process hangs once in some hundred runs; that says nothing about the cluster in it. With a time limit
  // (in .ci/run, on a machine that nobody knows) a run that is wrong is told and done once more as well: the second decides.
  if (!outcome.broken && (outcome.ok || !lab.twice)) return outcome
  console.log(`again ${scenario.id}: ${outcome.why.join('; ')}`)
  rmSync(outcome.results, { recursive: true, force: true })
  return attempt(lab, scenario, cpu)
}

async function attempt(lab, scenario, cpu) {
  const started = Date.now()
  const results = prepare(lab, scenario)
  const { hung, said } = await boot(lab.kernel, { ...lab, results, wanted: lab.wanted, cpu, stuck: watch(results) })
  const seconds = (Date.now() - started) / 1000
  const base = { id: scenario.id, kind: scenario.kind, scenario, results, seconds }
  if (hung)
    return {
      ...base,
      ok: false,
      broken: true,
      why: [`the kernel hung: ${PATIENCE} s after "${lastLine(join(results, 'story.txt'))}"`],
    }
  if (!existsSync(join(results, 'finished'))) {
    return {
      ...base,
      ok: false,
      broken: true,
      why: [`the guest ended early: ${lastLine(join(results, 'console.txt')) || said.trim()}`],
    }
  }
  if (lab.wanted === 'proof') {
    const { proven, proof } = proofOf(scenario, results)
    return { ...base, ok: proven, proven, proof, why: proven ? [] : [`LAB: the symptom does not show: ${proof}`] }
  }
  return verdictOn(lab, { ...base, disagree: await disagreements(lab.tool, results) })
}

/** Judges what a run left, also long after it. */
export async function verdictOn(lab, base) {
  const { scenario, results } = base
  const judgement = { ...base, ...(await judge(lab.tool, scenario, results)) }
  const why = complaints(lab, scenario, judgement)
  return { ...judgement, ok: why.length === 0, why, toCome: isToCome(lab, scenario) }
}

/** A fault whose check is still to come is run and proven, but the doctor cannot be blamed for it. */
export const isToCome = (lab, { kind, root }) =>
  kind === 'fault' && root !== null && ![root].flat().some((id) => lab.checks.has(id))

function complaints(lab, scenario, it) {
  const wrong = []
  if (!it.proven) wrong.push(`LAB: the symptom does not show: ${it.proof.replaceAll('\n', ' / ')}`)
  if (scenario.kind === 'fault' && scenario.root !== null && !isToCome(lab, scenario) && it.rank !== 1) {
    wrong.push(
      `root ${[scenario.root].flat().join(' or ')} is ${it.rank === 0 ? 'not found' : `number ${it.rank}`}; first: ${it.first.join(', ') || 'none'}`,
    )
  }
  if (it.falseAlarms.length > 0 && !isToCome(lab, scenario)) wrong.push(`false alarm: ${it.falseAlarms.join(', ')}`)
  if (it.crashed.length > 0) wrong.push(`crashed: ${it.crashed.join(', ')}`)
  if (it.disagree.length > 0) wrong.push(`live and offline differ: ${it.disagree.join('; ')}`)
  return wrong
}

function lastLine(path) {
  return existsSync(path) ? (readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? '') : ''
}
