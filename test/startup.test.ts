import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, LAUNCHER, ROOT } from './support/cli.ts'
import { has } from './support/collector.ts'

const PASTE = join(ROOT, 'fixtures', 'cases', 'dr-vrrp-drop-policy-both', 'ds1.txt')

/** Built-in modules that a run has loaded by its end. */
function builtinsOf(args: readonly string[]): readonly string[] {
  const folder = emptyFolder()
  const out = join(folder, 'loaded.json')
  const hook = join(folder, 'hook.cjs')
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(process.moduleLoadList)))`,
  )
  spawnSync(process.execPath, ['--require', hook, LAUNCHER, ...args], { input: '' })
  return JSON.parse(readFileSync(out, 'utf8')) as string[]
}

/** Files that a run opens, without Node's own and the system's. */
function openedBy(args: readonly string[]): readonly string[] {
  const trace = join(emptyFolder(), 'trace')
  const env = { ...process.env }
  // Both make Node itself open files, the same ones whatever it runs.
  delete env.NODE_EXTRA_CA_CERTS
  delete env.NODE_OPTIONS
  spawnSync('strace', ['-f', '-e', 'trace=open,openat', '-o', trace, process.execPath, LAUNCHER, ...args], {
    input: '',
    env,
  })
  const opened = readFileSync(trace, 'utf8').matchAll(/open(?:at)?\((?:AT_FDCWD, )?"([^"]+)".* = \d+$/gm)
  return [...opened].map(([, path]) => path ?? '').filter((path) => path !== process.execPath)
}

describe('a plain run loads only what it needs', () => {
  const args = ['check', PASTE]

  it('does not load what fetch, processes, workers, questions to a person or promises of files need', () => {
    const builtins = builtinsOf(args)
    expect(builtins.length).toBeGreaterThan(20)
    expect(builtins.filter((name) => /undici|child_process|worker_threads|fs\/promises|readline/.test(name))).toEqual(
      [],
    )
  })

  it.runIf(has('strace'))('opens no chunk that holds Ink, React, yoga or execa, and few files in all', () => {
    const opened = openedBy(args)
    expect(opened.some((path) => path.endsWith('dist/main.cjs'))).toBe(true)
    expect(opened.filter((path) => /\.mjs$|\.wasm$|node_modules/.test(path))).toEqual([])
    expect(opened.length).toBeLessThanOrEqual(40)
  })

  it('could not load them from the main file: they are not in it', () => {
    const main = readFileSync(join(ROOT, 'dist', 'main.cjs'), 'utf8')
    const signs = ['react-reconciler', 'yoga-layout', 'react.element', 'execa', 'cli-table', 'useInput']
    expect(signs.filter((sign) => main.includes(sign))).toEqual([])
  })

  it('the chunks are where the main file looks for them', () => {
    const main = readFileSync(join(ROOT, 'dist', 'main.cjs'), 'utf8')
    const chunks = [...main.matchAll(/importChunk\("(\.\/[^"]+)"\)/g)].map(([, name]) => name ?? '')
    expect(new Set(chunks)).toEqual(
      new Set([
        './ui.mjs',
        './exec.mjs',
        './packets.mjs',
        './listen.mjs',
        './paint.mjs',
        './grid.mjs',
        './width.mjs',
        './tar.mjs',
        './trace.mjs',
      ]),
    )
    for (const chunk of chunks) expect(readFileSync(join(ROOT, 'dist', chunk)).length).toBeGreaterThan(1000)
  })
})
