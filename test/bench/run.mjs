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
import { services } from './services.mjs'

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
function cpu(args, program = process.execPath) {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" </dev/null >/dev/null 2>&1; } 2>&1'
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', program, ...args], { env, encoding: 'utf8' })
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

// keepalived.conf: beside keepalived's own test of the same file, in turns. The limit of the design is 1.5.
const conf = join(folder, 'keepalived.conf')
writeFileSync(conf, services(5_000), { mode: 0o644 })
if (spawnSync('keepalived', ['--version']).status === 0) {
  const judged = ['parse', 'keepalived-conf', conf]
  const checked = ['check', '--only', 'keepalived', conf]
  const own = [judged, checked].map(() => [])
  const theirs = []
  for (let round = 0; round < Math.ceil(rounds / 3); round++) {
    theirs.push(cpu(['-t', '-f', conf], 'keepalived'))
    for (const [row, args] of [judged, checked].entries()) own[row].push(cpu([launcher, ...args]))
  }
  console.log('\n5,000 virtual servers, 20,000 real servers; ratio: to keepalived -t of the same round')
  console.log(`${'keepalived -t'.padEnd(22)}${median(theirs).toFixed(1).padStart(8)}`)
  for (const [row, name] of ['parse keepalived-conf', 'check --only keepaliv.'].entries()) {
    const ratio = median(own[row].map((ms, round) => ms / theirs[round]))
    console.log(`${name.padEnd(22)}${median(own[row]).toFixed(1).padStart(8)}${ratio.toFixed(2).padStart(8)}`)
  }
} else console.log('\nkeepalived is not installed: its row was not taken')
rmSync(folder, { recursive: true })
