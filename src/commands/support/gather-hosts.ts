/** Evidence of hosts that are asked now, beside what was given. */
import { EXIT, UserError } from '../../model/errors.ts'
import type { NotReached } from '../../model/report.ts'
import type { Input } from '../../sources/input.ts'
import { collectHere } from '../../sources/local.ts'
import { collectOver, type RemoteOptions } from '../../sources/ssh.ts'
import type { AskedHosts } from './hosts.ts'
import { note } from './notes.ts'

export interface AskOptions extends Omit<RemoteOptions, 'jobs' | 'connectTimeoutMs'> {
  readonly quiet: boolean
}

export interface HostEvidence {
  readonly inputs: readonly Input[]
  readonly notReached: readonly NotReached[]
  /** A time limit cut something short. */
  readonly timedOut: boolean
}

/**
 * Asks this host and the others at the same time. One host that fails does not stop the rest.
 * @throws UserError: interrupted (130), or there is nothing of any host (69)
 */
export async function gatherHosts(asked: AskedHosts, options: AskOptions): Promise<HostEvidence> {
  const { hosts, jobs, connectTimeoutMs } = asked
  const [here, over] = await Promise.all([
    asked.local ? collectHere(options) : undefined,
    collectOver(hosts, { ...options, jobs, connectTimeoutMs }),
  ])
  if (over.interrupted) throw new UserError('interrupted before a verdict', EXIT.interrupted)
  for (const { host, why } of over.notReached) note(options.quiet, `no evidence of ${host}: ${why}`)
  for (const name of over.cut) note(options.quiet, `--timeout was reached: the transcript of ${name} is cut short`)
  const inputs = [...(here === undefined ? [] : [here.input]), ...over.inputs]
  if (inputs.length === 0) {
    const tries = over.notReached.map(({ tryThis }) => tryThis)
    throw new UserError('nothing could be collected', EXIT.nothingCollected, [...new Set(tries)].slice(0, 5))
  }
  return { inputs, notReached: over.notReached, timedOut: here?.timedOut === true || over.cut.length > 0 }
}
