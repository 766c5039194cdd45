/** Flags of `check`. */
import { boolean, string } from '@oclif/core/flags'
import type { ReportFlags } from './deliver.ts'
import { collectFlags, globalFlags, listFlag, reportFlags } from './flags.ts'
import { type HostFlags, hostFlags } from './hosts.ts'

export const checkFlags = {
  ...hostFlags,
  vip: listFlag('IP[:PORT]', 'only this virtual service'),
  role: listFlag('HOST=ROLE', 'correct a guess: director, real-server or client'),
  as: string({ helpValue: 'NAME', summary: 'host that the one SOURCE is of' }),
  only: listFlag('CHECK|CATEGORY', 'run only these'),
  skip: listFlag('CHECK[@HOST]', 'leave these out'),
  save: string({ helpValue: 'DIR', summary: 'keep the transcripts, secrets masked; check DIR gives the same report' }),
  example: boolean({ summary: 'judge a bundled incident: SOURCE is its name, or list for their names' }),
  ...reportFlags,
  ...collectFlags,
  ...globalFlags,
}

/** Their values as oclif hands them over. */
export interface CheckFlags extends ReportFlags, HostFlags {
  readonly vip?: readonly string[] | undefined
  readonly role?: readonly string[] | undefined
  readonly as?: string | undefined
  readonly only?: readonly string[] | undefined
  readonly skip?: readonly string[] | undefined
  readonly save?: string | undefined
  readonly example: boolean
  readonly timeout?: string | undefined
  readonly 'command-timeout'?: string | undefined
  readonly quiet: boolean
  readonly verbose: boolean
}
