/** The built command line as a process. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const LAUNCHER = join(ROOT, 'bin', 'run.js')

export interface Answer {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `lvsdoctor ARGS` with what is given on stdin. No terminal anywhere. */
export function lvsdoctor(
  args: readonly string[],
  input: string | Uint8Array = '',
  options: { readonly uid?: number; readonly cwd?: string } = {},
): Answer {
  const done = spawnSync(process.execPath, [LAUNCHER, ...args], { input, maxBuffer: 1 << 28, ...options })
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() }
}

/** The same with stdin fed bit by bit: `feed` writes, the end is ours. */
export function lvsdoctorFed(
  args: readonly string[],
  feed: (write: (chunk: string) => Promise<void>) => Promise<void>,
): Promise<Answer> {
  const child = spawn(process.execPath, [LAUNCHER, ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const write = (chunk: string) =>
    new Promise<void>((done) => {
      child.stdin.write(chunk, () => done())
    })
  void feed(write).then(() => child.stdin.end())
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lvsdoctor-test-'))
}
