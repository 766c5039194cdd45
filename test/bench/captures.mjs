// What judging a capture costs beside tcpdump, which only copies it: whole processes, user and system time, in turns.
//   node test/bench/captures.mjs FILE...           5 rounds of each capture
//   node test/bench/captures.mjs --rounds 9 FILE...
// A text log of tcpdump (*.txt, *.log) is set beside `grep -c VRRP`. The limits of the design: 1.0 for a gigabyte of ordinary packets,
// 1.2 for ten million small ones, 2.5 for a log of 200 MB; 96, 160 and 72 MiB.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const words = process.argv.slice(2)
const rounds = words[0] === '--rounds' ? Number(words.splice(0, 2)[1]) : 5
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-bench-'))
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...env } = process.env

/** CPU milliseconds of one process, by the shell's own `time`. */
function cpu(program, args) {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" </dev/null >/dev/null 2>&1; } 2>&1'
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', program, ...args], { env, encoding: 'utf8' })
  const [user, system] = stdout.trim().split(' ').map(Number)
  return 1000 * (user + system)
}

/** Peak memory in MiB, told by the process itself as it ends. */
function memory(args) {
  const hook = join(folder, 'memory.cjs')
  writeFileSync(hook, "process.on('exit',()=>require('node:fs').writeSync(2,'\\n'+process.resourceUsage().maxRSS))")
  const { stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { env, encoding: 'utf8' })
  return Number(stderr.trim().split('\n').at(-1)) / 1024
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

console.log(`node ${process.version}, ${rounds} rounds, medians of CPU ms; ratio of one round`)
console.log(
  `${'capture'.padEnd(28)}${'MB'.padStart(7)}${'yardstick'.padStart(11)}${'ours'.padStart(8)}${'ratio'.padStart(7)}${'MiB'.padStart(7)}`,
)
for (const file of words) {
  const text = /\.(?:txt|log)$/.test(file)
  const yardstick = text ? ['grep', ['-c', 'VRRP', file]] : ['tcpdump', ['-nr', file, '-w', '/dev/null']]
  const own = [launcher, 'capture', '-r', file, '--json']
  const taken = Array.from({ length: rounds }, () => [cpu(...yardstick), cpu(process.execPath, own)])
  const cells = [
    (statSync(file).size / 1e6).toFixed(0).padStart(7),
    median(taken.map(([one]) => one))
      .toFixed(0)
      .padStart(11),
    median(taken.map(([, two]) => two))
      .toFixed(0)
      .padStart(8),
    median(taken.map(([one, two]) => two / one))
      .toFixed(2)
      .padStart(7),
    memory(own).toFixed(0).padStart(7),
  ]
  console.log(`${basename(file).slice(0, 27).padEnd(28)}${cells.join('')}`)
}
rmSync(folder, { recursive: true })
