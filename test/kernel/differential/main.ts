/** The whole comparison: prints its figures, and what does not agree. */
import { parseArgs } from 'node:util'
import { whyNoKernel } from '../real/sandbox.ts'
import { routeLane, ruleLane } from './lanes.ts'
import { figures, type Judged, type Lane, play, type Tally } from './tally.ts'

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: '1000' },
    networks: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
  },
})
const [sets, networks, seed] = [values.sets, values.networks, values.seed].map(Number) as [number, number, number]
const missing = whyNoKernel('python3', 'nft', 'iptables-legacy-save', 'iptables-nft-save')
if (missing !== undefined) {
  console.error(`nothing can be compared here: ${missing}`)
  process.exit(69)
}

/** The back ends get different rule sets. */
async function playAll<Case, Result extends Judged>(
  name: string,
  lane: Lane<Case, Result> & { readonly end: () => void },
  count: number,
  from = seed,
): Promise<readonly [string, Tally]> {
  const tally = await play(lane, from, count)
  lane.end()
  return [name, tally]
}

const started = Date.now()
const done = await Promise.all([
  playAll('rule sets, iptables-legacy', ruleLane('legacy', 0), Math.ceil(sets / 2)),
  playAll('rule sets, iptables-nft', ruleLane('nft', 1), Math.floor(sets / 2), seed + sets),
  playAll('routing set-ups', routeLane(0), networks),
])
for (const [name, tally] of done) console.log(figures(name, tally))
for (const [name, { faults }] of done) for (const fault of faults) console.log(`\nDISAGREE: ${name}, ${fault}`)
const packets = done.reduce((sum, [, tally]) => sum + tally.packets, 0)
const unknown = done.reduce((sum, [, tally]) => sum + tally.unknown, 0)
const wrong = done.reduce((sum, [, tally]) => sum + tally.faults.length, 0)
console.log(
  `in all: ${packets} packets, ${unknown} unknown (${((unknown / packets) * 100).toFixed(2)} %), ${wrong} cases disagree, ${Math.round((Date.now() - started) / 1000)} s`,
)
process.exit(wrong === 0 && unknown <= packets * 0.02 ? 0 : 1)
