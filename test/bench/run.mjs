// What a run costs beside what Node's own start costs: whole processes with their children, user and system time,
// taken in turns, medians of the ratios of one round. The shares of a busy machine fall on both alike.
//   npm run bench            21 rounds
//   npm run bench -- 51
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paste } from './paste.mjs'

const launcher = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const rounds = Math.max(15, Number(process.argv[2] ?? 21) || 21)
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-bench-'))
const file = join(folder, 'paste.txt')
writeFileSync(file, paste(100 * 1024))

// With extra certificates Node 20 reads them at every start, and every ratio looks better than it is.
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...env } = process.env

const ROWS = [
  ['node -e 0', ['-e', '0']],
  ['check FILE (100 KB)', [launcher, 'check', file]],
  ['check FILE --json', [launcher, 'check', file, '--json']],
  ['lvsdoctor --version', [launcher, '--version']],
  ['lvsdoctor --help', [launcher, '--help']],
]

/** CPU milliseconds of one process, by the shell's own `time`, which waits for children too. */
function cpu(args) {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" </dev/null >/dev/null 2>&1; } 2>&1'
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...args], { env, encoding: 'utf8' })
  const [user, system] = stdout.trim().split(' ').map(Number)
  return 1000 * (user + system)
}

/** Peak memory in MiB, told by the process itself as it ends. */
function memory(args) {
  const tell = "process.on('exit',()=>require('node:fs').writeSync(2,'\\n'+process.resourceUsage().maxRSS))"
  const hook = join(folder, 'memory.cjs')
  if (!existsSync(hook)) writeFileSync(hook, tell)
  const { stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { env, encoding: 'utf8' })
  return Number(stderr.trim().split('\n').at(-1)) / 1024
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

const taken = ROWS.map(() => [])
for (const [, args] of ROWS) cpu(args)
for (let round = 0; round < rounds; round++) {
  for (let step = 0; step < ROWS.length; step++) {
    const row = (round + step) % ROWS.length
    taken[row].push(cpu(ROWS[row][1]))
  }
}
console.log(`node ${process.version}, ${rounds} rounds, medians; ratio: to node -e 0 of the same round`)
console.log(`${''.padEnd(22)}${'CPU ms'.padStart(8)}${'ratio'.padStart(8)}${'RSS MiB'.padStart(9)}`)
for (const [row, [name, args]] of ROWS.entries()) {
  const ratio = median(taken[row].map((ms, round) => ms / taken[0][round]))
  const cells = [
    median(taken[row]).toFixed(1).padStart(8),
    ratio.toFixed(2).padStart(8),
    memory(args).toFixed(1).padStart(9),
  ]
  console.log(`${name.padEnd(22)}${cells.join('')}`)
}
rmSync(folder, { recursive: true })
