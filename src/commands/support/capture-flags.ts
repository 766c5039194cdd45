/** Flags of `capture`. */
import { boolean, string } from '@oclif/core/flags'
import type { ReportFlags } from './deliver.ts'
import { globalFlags, listFlag, reportFlags } from './flags.ts'

export const captureFlags = {
  vip: string({ helpValue: 'IP', summary: 'the virtual IP to watch' }),
  port: string({ helpValue: 'N', summary: 'only connections to this port' }),
  interface: string({
    char: 'i',
    helpValue: 'IF',
    summary: 'where to listen; default: where the VIP is, or its route',
  }),
  duration: string({ char: 'd', helpValue: '60s', summary: 'how long to listen' }),
  packets: string({ helpValue: 'N', summary: 'stop after so many packets' }),
  read: string({
    char: 'r',
    helpValue: 'FILE|-',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'judge a capture instead: pcap, pcapng, gzip or tcpdump text; NAME=FILE names the host (repeat)',
  }),
  write: string({ char: 'w', helpValue: 'FILE', summary: 'keep the packets' }),
  'dry-run': boolean({ summary: 'print the command that would capture, and do nothing' }),
  only: listFlag('CHECK|CATEGORY', 'run only these; default: what packets can tell'),
  ...reportFlags,
  ...globalFlags,
}

/** Their values as oclif hands them over. */
export interface CaptureFlags extends ReportFlags {
  readonly vip?: string | undefined
  readonly port?: string | undefined
  readonly interface?: string | undefined
  readonly duration?: string | undefined
  readonly packets?: string | undefined
  readonly read?: readonly string[] | undefined
  readonly write?: string | undefined
  readonly 'dry-run': boolean
  readonly only?: readonly string[] | undefined
  readonly quiet: boolean
  readonly verbose: boolean
}
