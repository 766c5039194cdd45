/** Runs programs to their end or to a time limit. The only module that knows execa: loading it costs more than most runs. */
import { execa } from 'execa'

export interface Ran {
  readonly stdout: Uint8Array
  readonly stderr: string
  /** undefined when it was killed or never started. */
  readonly exitCode?: number
  readonly timedOut: boolean
  /** Ctrl-C, or somebody ended us. */
  readonly interrupted: boolean
  /** Why it could not be started: ENOENT, EACCES … */
  readonly refused?: string
}

export interface RunOptions {
  readonly stdin: string
  readonly timeoutMs: number
  readonly maxBytes: number
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What has to be done about each running program when we are told to end. */
const running = new Set<() => void>()

function interruptAll(): void {
  for (const interrupt of running) interrupt()
}

function watch(interrupt: () => void): () => void {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, interruptAll)
  running.add(interrupt)
  return () => {
    running.delete(interrupt)
    if (running.size === 0) for (const signal of SIGNALS) process.removeListener(signal, interruptAll)
  }
}

/**
 * Runs a program in a process group of its own, so that its children end with it. Never throws.
 * @param file program, looked up on PATH
 */
export async function runCommand(file: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  let timedOut = false
  let interrupted = false
  let endGroup = (): void => undefined
  // Before the program runs: whoever sees it run may interrupt at once.
  const unwatch = watch(() => {
    interrupted = true
    endGroup()
  })
  const child = execa(file, args, {
    input: options.stdin,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: options.maxBytes,
    reject: false,
    detached: true,
  })
  endGroup = () => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended in the meantime.
    }
  }
  const clock = setTimeout(() => {
    timedOut = true
    endGroup()
  }, options.timeoutMs)
  if (interrupted) endGroup()
  const done = await child
  clearTimeout(clock)
  unwatch()
  const refused = done.exitCode === undefined && done.signal === undefined ? done.code : undefined
  return {
    stdout: done.stdout ?? new Uint8Array(),
    stderr: Buffer.from(done.stderr ?? []).toString('utf8'),
    ...(done.exitCode === undefined ? {} : { exitCode: done.exitCode }),
    timedOut,
    interrupted,
    ...(refused === undefined ? {} : { refused }),
  }
}
