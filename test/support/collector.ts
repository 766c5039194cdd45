/** The collector as a process under a chosen shell, in surroundings made for the test. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectorScript } from '../../src/probes/script.ts'

/** Shells of this machine among those that directors have. */
export const SHELLS: readonly (readonly string[])[] = [
  ['dash'],
  ['bash', '--posix'],
  ['bash'],
  ['busybox', 'sh'],
].filter(([program = '']) => has(program))

export function has(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0
}

/** Runs a script given on stdin, as over ssh. */
export function runScript(shell: readonly string[], script: string, env: Readonly<Record<string, string>> = {}) {
  const [file = 'sh', ...args] = shell
  const done = spawnSync(file, [...args, '-s'], {
    input: script,
    env: { ...process.env, ...env },
    encoding: 'latin1',
    maxBuffer: 1 << 28,
  })
  return { stdout: done.stdout, stderr: done.stderr, status: done.status }
}

/** The collector with its probes replaced: `main` keeps its start and end. */
export function withProbes(calls: readonly string[], seconds = 10, before = ''): string {
  const whole = collectorScript({ seconds })
  const start = whole.indexOf(`  seconds=${seconds}`)
  return `${whole.slice(0, start)}  seconds=${seconds}\n${before}\n${calls.join('\n')}\n  say "#@ done probes=$count"\n}\nmain\n`
}

/** A folder of stand-ins for programs: name to sh text. */
export function fakeTools(
  tools: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-tools-'))
  for (const [name, text] of Object.entries(tools)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name))
  return folder
}
