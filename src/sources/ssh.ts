/** Other hosts as sources: the collector's text, over the system's own ssh, one connection a host. */
import type { NotReached } from '../model/report.ts'
import { collectorScript } from '../probes/script.ts'
import { type Input, MAX_BYTES } from './input.ts'
import type { Ran } from './run-command.ts'
import { sshArguments } from './ssh-arguments.ts'
import { reasonOf } from './ssh-failure.ts'

export interface RemoteOptions {
  /** Milliseconds for one host, from the connection to its last line. */
  readonly timeoutMs: number
  readonly commandTimeoutMs: number
  readonly connectTimeoutMs: number
  /** Hosts asked at the same time. */
  readonly jobs: number
  readonly onHost?: ((host: string, state: 'running' | 'done' | 'failed', note?: string) => void) | undefined
}

export interface RemoteEvidence {
  /** In the order of the hosts. */
  readonly inputs: readonly Input[]
  readonly notReached: readonly NotReached[]
  /** Hosts whose transcript ends where the time limit cut it. */
  readonly cut: readonly string[]
  readonly interrupted: boolean
}

type Outcome =
  | { readonly is: 'input'; readonly input: Input; readonly cut: boolean }
  | { readonly is: 'lost'; readonly lost: NotReached }
  | { readonly is: 'interrupted' }

const HEAD = '#@ lvsdoctor collect '
/** Greetings of a login shell come before the transcript; longer ones are none. */
const LONGEST_GREETING = 65_536

/** Asks hosts, `jobs` at a time. Never throws: a host that cannot be asked is told by name. */
export async function collectOver(hosts: readonly string[], options: RemoteOptions): Promise<RemoteEvidence> {
  const { runCommand } = await import('./run-command.ts')
  const script = collectorScript({ seconds: options.commandTimeoutMs / 1000 })
  const outcomes: Outcome[] = []
  let interrupted = false
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < hosts.length && !interrupted) {
      const index = next
      next += 1
      const host = hosts[index] ?? ''
      options.onHost?.(host, 'running')
      const began = performance.now()
      const { timeoutMs } = options
      const ran = await runCommand('ssh', sshArguments(host, options), {
        stdin: script,
        timeoutMs,
        maxBytes: MAX_BYTES,
      })
      const outcome = outcomeOf(host, ran)
      outcomes[index] = outcome
      if (outcome.is === 'interrupted') interrupted = true
      else if (outcome.is === 'lost') options.onHost?.(host, 'failed', outcome.lost.why)
      else options.onHost?.(host, 'done', `${((performance.now() - began) / 1000).toFixed(1)} s`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(options.jobs, hosts.length) }, worker))
  return {
    inputs: outcomes.flatMap((outcome) => (outcome.is === 'input' ? [outcome.input] : [])),
    notReached: outcomes.flatMap((outcome) => (outcome.is === 'lost' ? [outcome.lost] : [])),
    cut: outcomes.flatMap((outcome) => (outcome.is === 'input' && outcome.cut ? [outcome.input.name] : [])),
    interrupted,
  }
}

function outcomeOf(host: string, ran: Ran): Outcome {
  if (ran.interrupted) return { is: 'interrupted' }
  const bytes = Buffer.from(ran.stdout.buffer, ran.stdout.byteOffset, ran.stdout.byteLength)
  const start = bytes.subarray(0, LONGEST_GREETING).indexOf(HEAD)
  // Cut by the limit or by a lost connection, what did arrive is still evidence: its frames tell what is missing.
  if (start >= 0) return { is: 'input', input: { name: host, bytes: bytes.subarray(start) }, cut: ran.timedOut }
  if (ran.timedOut) return lost(host, '--timeout was reached before it sent anything', 'a longer --timeout')
  if (ran.refused !== undefined) return lost(host, `ssh cannot be run: ${ran.refused}`, 'install the OpenSSH client')
  const { why, tryThis } = reasonOf(host, ran.stderr)
  return lost(host, why, tryThis)
}

function lost(host: string, why: string, tryThis: string): Outcome {
  return { is: 'lost', lost: { host, why, tryThis } }
}
