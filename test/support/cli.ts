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
export function lvsdoctor(args: readonly string[], input: string | Uint8Array = ''): Answer {
  return run([process.execPath, LAUNCHER, ...args], input)
}

/** The same as somebody whom file permissions bind: root without the right to pass over them. */
export function lvsdoctorBound(args: readonly string[]): Answer {
  const words = [process.execPath, LAUNCHER, ...args]
  const bound = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', ...words]
  return run(process.getuid?.() === 0 ? bound : words, '')
}

function run([file = '', ...args]: readonly string[], input: string | Uint8Array): Answer {
  const done = spawnSync(file, args, { input, maxBuffer: 1 << 28 })
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
