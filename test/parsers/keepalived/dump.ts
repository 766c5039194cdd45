/** What keepalived makes of a configuration: its own dump, from a run in a network of its own. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installedVersion } from './installed-program.ts'

const NETWORK =
  'ip link set lo up && ip link add eth0 address 02:00:00:00:00:01 type bridge && ip link set eth0 up && ip addr add 10.0.0.250/24 dev eth0'

/** Needs root, for a network namespace in which nothing of this machine can be touched. */
export const canDump =
  installedVersion !== undefined && spawnSync('unshare', ['-n', '-m', 'sh', '-c', NETWORK]).status === 0

if (!canDump) console.warn('SKIPPED: no keepalived or no network namespaces here, so no dumps were compared')

/** Process numbers, times and names of temporary files differ between two runs. */
const PASSING =
  /pid|Command line|^ {14}'|\d{2}:\d{2}:\d{2}|\d{9,}|transition|started|Configuration file|Startup|Opening/i

/** Lines of `keepalived --dump-conf`, of a run of a few seconds. */
export async function dumpOf(text: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-dump-'))
  const file = join(folder, 'keepalived.conf')
  writeFileSync(file, text, { mode: 0o644 })
  const files = ['-p', 'main', '-r', 'vrrp', '-c', 'checkers', '-b', 'bfd'].map((word) =>
    word.startsWith('-') ? word : join(folder, `${word}.pid`),
  )
  const run = `${NETWORK}; exec timeout 2.5 keepalived --dont-fork --log-console --dump-conf --no-syslog -i testhost -f "$0" "$@"`
  const program = spawn('unshare', ['-n', '-m', 'sh', '-c', run, file, ...files], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (data) => {
      output += data
    })
  }
  await new Promise((resolve) => program.on('close', resolve))
  rmSync(folder, { recursive: true })
  const lines = output.split('\n').map((line) => line.replace(/^\w{3} \w{3} .{11} \d{4}: /, ''))
  const dumped = lines.filter((line) => /^ |^-----/.test(line) && !PASSING.test(line))
  return dumped.sort()
}
