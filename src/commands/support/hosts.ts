/** Hosts to ask: the flags, and what they come to. */
import { boolean, string } from '@oclif/core/flags'
import { EXIT, UserError } from '../../model/errors.ts'
import { readHostsFile } from '../../sources/hosts-file.ts'
import type { RemoteOptions } from '../../sources/ssh.ts'
import { duration } from './values.ts'

export const hostFlags = {
  host: string({
    char: 'H',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpValue: '[USER@]HOST',
    summary: "ask this host, over this machine's ssh",
  }),
  'hosts-file': string({ helpValue: 'FILE', summary: 'ask the hosts of a list, one a line' }),
  local: boolean({ summary: 'ask this host too' }),
  jobs: string({ helpValue: 'N', summary: 'hosts asked at the same time [8]' }),
  'connect-timeout': string({ helpValue: '5s', summary: 'most time for reaching a host' }),
}

/** Their values as oclif hands them over. */
export interface HostFlags {
  readonly host?: readonly string[] | undefined
  readonly 'hosts-file'?: string | undefined
  readonly local: boolean
  readonly jobs?: string | undefined
  readonly 'connect-timeout'?: string | undefined
}

export interface AskedHosts extends Pick<RemoteOptions, 'jobs' | 'connectTimeoutMs'> {
  /** As ssh takes them, each once. */
  readonly hosts: readonly string[]
  /** This host too. */
  readonly local: boolean
}

/** A name, `user@name`, an address, or `ssh://user@name:port`; never anything that ssh could take for an option. */
const HOST =
  /^(?:ssh:\/\/)?(?:[A-Za-z0-9_][\w.+-]{0,63}@)?(?:\[[0-9A-Fa-f:.%\w-]{2,64}\]|[A-Za-z0-9_:][\w.:%-]{0,252})$/
const MOST_JOBS = 256

/**
 * @returns undefined where no other host is asked for
 * @throws UserError (64) for a wrong value
 */
export function askedHosts(flags: HostFlags): AskedHosts | undefined {
  const listed = flags['hosts-file'] === undefined ? [] : readHostsFile(flags['hosts-file'])
  const hosts = [...new Set([...(flags.host ?? []), ...listed])]
  for (const host of hosts) {
    if (!HOST.test(host)) throw new UserError(`--host ${host || "''"}: takes HOST or USER@HOST`, EXIT.usage)
  }
  const jobs = flags.jobs === undefined ? 8 : Number(flags.jobs)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS)
    throw new UserError(`--jobs ${flags.jobs}: takes a number from 1 to ${MOST_JOBS}`, EXIT.usage)
  const connectTimeoutMs = duration('connect-timeout', flags['connect-timeout'], 5_000)
  if (hosts.length === 0 && !flags.local) return undefined
  return { hosts, local: flags.local, jobs, connectTimeoutMs }
}
