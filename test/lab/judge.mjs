// What the doctor made of a run, held against what the run was. Hosts are judged twice: live, inside the host, and from the
// transcript that this very run saved; both have to agree in every word. Then all transcripts are judged as a cluster.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lvsdoctor } from './tool.mjs'

const LOUD = new Set(['critical', 'warning'])

export async function report(tool, path) {
  const { text, code, complaint } = await lvsdoctor(tool, ['check', path, '--json', '--quiet'])
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`check ${path} printed no report (exit ${code}): ${complaint ?? ''}`)
  }
}

/** Hosts whose live verdict is not the one of their transcript, with the first difference. */
export async function disagreements(tool, results) {
  const folder = join(results, 'live')
  if (!existsSync(folder)) return ['no host was judged live']
  const all = []
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const host = basename(name, '.json')
    const live = read(join(folder, name))
    if (live.trim() === '') all.push(`${host}: no live report: ${read(join(folder, `${host}.err`)).trim()}`)
    else all.push(firstDifference(JSON.parse(live), await report(tool, join(folder, `${host}.txt`)), host))
  }
  return all.filter((difference) => difference !== undefined)
}

/** Path and values of the first place where two reports differ. */
export function firstDifference(a, b, path) {
  if (Object.is(a, b)) return undefined
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${path}: live ${JSON.stringify(a)}, offline ${JSON.stringify(b)}`
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const difference = firstDifference(a[key], b[key], `${path}.${key}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

/** Does the fault really bite? Read from what the run itself printed. */
export function proofOf({ symptom: { proves } }, results) {
  const proof = read(join(results, 'symptom.txt')).trim()
  return { proof, proven: typeof proves === 'function' ? proves(proof) : proves.test(proof) }
}

/**
 * @returns {Promise<{ proven: boolean, proof: string, rank: number, first: string[], open: string[], effects: string[],
 *   notes: string[], falseAlarms: string[], disagree: string[], notChecked: number }>}
 *   rank: place of the expected root among the root causes, 1 is first, 0 is not at all.
 */
export async function judge(tool, scenario, results) {
  const cluster = await report(tool, join(results, 'hosts'))
  const byId = new Map(cluster.findings.map((finding) => [finding.id, finding]))
  const first = cluster.rootCauses.map(({ finding }) => byId.get(finding).check)
  const loud = cluster.findings.filter(({ severity }) => LOUD.has(severity))
  const expected = new Set([...rootsOf(scenario), ...(scenario.also ?? [])])
  const open = loud.filter(({ explainedBy }) => explainedBy === null)
  return {
    ...proofOf(scenario, results),
    rank: first.findIndex((check) => rootsOf(scenario).includes(check)) + 1,
    first: [...new Set(first)],
    open: unique(open),
    effects: unique(loud.filter(({ explainedBy }) => explainedBy !== null)),
    notes: unique(cluster.findings.filter(({ severity }) => severity === 'note')),
    falseAlarms: unique(open.filter(({ check }) => !expected.has(check))),
    notChecked: cluster.coverage.notChecked,
    crashed: cluster.results.filter(({ status }) => status === 'crashed').map(({ check }) => check),
  }
}

/** A fault may name more than one id that is right as the root, the best first. */
export const rootsOf = ({ root }) => (root === null || root === undefined ? [] : [root].flat())
const unique = (findings) => [...new Set(findings.map(({ check }) => check))].sort()
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
