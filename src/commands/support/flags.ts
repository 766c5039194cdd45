/** Flags that several commands share. Values stay text here; support/values.ts judges them. */
import { boolean, string } from '@oclif/core/flags'

/** On every command. */
export const globalFlags = {
  quiet: boolean({ char: 'q', summary: 'print nothing but the result' }),
  verbose: boolean({ char: 'v', summary: 'say on stderr what is read and run' }),
  debug: boolean({ summary: 'show the stack of an error' }),
}

/** On commands that print a report. */
export const reportFlags = {
  format: string({
    char: 'f',
    helpValue: 'text|brief|json',
    summary: 'form of the report (from the ending of --output when not given)',
  }),
  json: boolean({ summary: 'the same as --format json' }),
  output: string({ char: 'o', helpValue: 'FILE', summary: 'write the report to a file' }),
  all: boolean({ summary: 'list passing checks too' }),
  'min-severity': string({ helpValue: 'critical|warning|note', summary: 'least severity shown in text and brief' }),
  'fail-on': string({
    helpValue: 'critical|warning|unknown|never',
    summary: 'least result that makes the exit code other than 0',
  }),
  width: string({ helpValue: 'N', summary: 'columns of the text report' }),
  'no-live': boolean({ summary: 'plain text even on a terminal' }),
  'no-color': boolean({ summary: 'no colours' }),
  ascii: boolean({ summary: 'plain ASCII only' }),
  unicode: boolean({ summary: 'box drawing characters in pictures', exclusive: ['ascii'] }),
}

/** On commands that ask this host. */
export const collectFlags = {
  timeout: string({ char: 't', helpValue: '2m', summary: 'most time for collecting, e.g. 90s or 2m' }),
  'command-timeout': string({ helpValue: '10s', summary: 'most time for one command on the host' }),
}

/** A flag that may be given again, or once with commas: `--only a,b --only c FILE`. */
export function listFlag(helpValue: string, summary: string) {
  return string({ multiple: true, multipleNonGreedy: true, delimiter: ',', helpValue, summary })
}
