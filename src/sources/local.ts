/** This host as a source: the collector's text, exactly as a person would have sent it. */
import { EXIT, UserError } from '../model/errors.ts'
import { collectorScript } from '../probes/script.ts'
import { type Input, MAX_BYTES } from './input.ts'

export interface CollectOptions {
  /** Milliseconds for all commands together. */
  readonly timeoutMs: number
  /** Milliseconds for one command. */
  readonly commandTimeoutMs: number
}

export interface Collected {
  readonly input: Input
  /** The limit was reached: the text ends where it was cut. */
  readonly timedOut: boolean
}

const HEAD = /^#@ lvsdoctor collect 1 host=(\S+)/

/**
 * Runs the collector on this host.
 * @throws UserError: no POSIX shell, or it printed nothing (69, or 124 for the time limit), interrupted (130)
 */
export async function collectHere({ timeoutMs, commandTimeoutMs }: CollectOptions): Promise<Collected> {
  const { runCommand } = await import('./run-command.ts')
  const script = collectorScript({ seconds: commandTimeoutMs / 1000 })
  const ran = await runCommand('sh', ['-s'], { stdin: script, timeoutMs, maxBytes: MAX_BYTES })
  if (ran.interrupted) throw new UserError('interrupted before a verdict', EXIT.interrupted)
  const bytes = Buffer.from(ran.stdout.buffer, ran.stdout.byteOffset, ran.stdout.byteLength)
  const host = HEAD.exec(bytes.toString('utf8', 0, 400))?.[1]
  if (host === undefined) throw nothing(ran.refused, ran.timedOut, ran.stderr)
  return { input: { name: `${host}.txt`, bytes }, timedOut: ran.timedOut }
}

function nothing(refused: string | undefined, timedOut: boolean, stderr: string): UserError {
  const why = refused ?? (timedOut ? '--timeout was reached' : stderr.trim().split('\n')[0] || 'it printed nothing')
  return new UserError(
    `nothing could be collected on this host: ${why}`,
    timedOut ? EXIT.timeout : EXIT.nothingCollected,
    ['lvsdoctor collect --script > collect.sh, and run that by hand'],
  )
}
