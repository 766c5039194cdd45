// Which runs there are, and in which order: those that cover the most come first, so that any time limit cuts off
// repetitions (the same fault in another mode) and not kinds of faults.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rootsOf } from './judge.mjs'
import { TOPOLOGIES } from './topologies/index.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** What a healthy cluster shows: one holder, and every request answered. */
const HEALTHY = {
  sh: 'holders\nrequests 6\narp_answers $ASK_FROM $ASK_DEV',
  proves: (text) =>
    /^holders: \w+$/m.test(text) &&
    !/none|timeout|refused|no-route|reset|empty/.test(text) &&
    /requests:.*=/.test(text),
}

async function load(folder, name) {
  const files = readdirSync(join(here, folder)).filter((file) => file.endsWith('.mjs'))
  return Promise.all(
    files.sort().map(async (file) => (await import(pathToFileURL(join(here, folder, file)).href))[name]),
  )
}

/** Every run, as `{ id, kind, topology, ... }`. */
export async function allScenarios() {
  const healthy = (await load('healthy', 'healthy')).flatMap((it) =>
    runs('healthy', { symptom: HEALTHY, ...it, root: null }),
  )
  const faults = (await load('faults', 'fault')).flatMap((it) => runs('fault', it))
  return [...healthy, ...faults].sort((a, b) => a.turn - b.turn || a.order - b.order)
}

function runs(kind, it) {
  return it.modes.map((mode, index) => {
    const plain = TOPOLOGIES[mode]
    if (plain === undefined) throw new Error(`${it.name}: no topology ${mode}`)
    const topology = it.reshape === undefined ? plain : it.reshape(plain)
    // Healthy clusters of all modes, then each fault once, then the repetitions.
    const turn = kind === 'healthy' ? (it.name === 'plain' ? 0 : 1 + index) : 1 + index
    return { ...it, kind, mode, topology, id: `${mode} ${it.name}`, turn, order: kind === 'healthy' ? 0 : 1 }
  })
}

/** The runs that the words of the command line name: nothing (all), a mode, a fault, or both. */
export function choose(scenarios, words) {
  if (words.length === 0) return scenarios
  const modes = words.filter((word) => word in TOPOLOGIES)
  const names = words.filter((word) => !(word in TOPOLOGIES))
  for (const name of names) {
    if (!scenarios.some((it) => it.name === name || it.kind === name || rootsOf(it).includes(name))) {
      throw new Error(`no fault, healthy variant or check id called ${name}; --list shows them`)
    }
  }
  return scenarios.filter(
    (it) =>
      (modes.length === 0 || modes.includes(it.mode)) &&
      (names.length === 0 || names.some((name) => it.name === name || it.kind === name || rootsOf(it).includes(name))),
  )
}

/**
 * The order where time is short: an unchanged cluster of every mode, then by turns a healthy variant and a fault of each
 * section of the catalogue, then the faults whose check is still to come.
 * @param {(scenario: object) => string | undefined} sectionOf undefined: the check is to come
 */
export function byTurns(scenarios, sectionOf) {
  const lanes = new Map([
    ['first', []],
    ['healthy', []],
  ])
  const later = []
  for (const it of scenarios) {
    const lane = it.kind === 'healthy' ? (it.name === 'plain' ? 'first' : 'healthy') : sectionOf(it)
    if (lane === undefined) later.push(it)
    else if (lanes.has(lane)) lanes.get(lane).push(it)
    else lanes.set(lane, [it])
  }
  const first = lanes.get('first')
  lanes.delete('first')
  const queues = [...lanes.values()]
  const turns = Math.max(0, ...queues.map((queue) => queue.length))
  return [
    ...first,
    ...Array.from({ length: turns }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? [])).flat(),
    ...later,
  ]
}
