import { Command } from '@oclif/core/command'
import { boolean, string } from '@oclif/core/flags'
import { EXIT } from '../model/errors.ts'
import { collectorScript } from '../probes/script.ts'
import { collectHere } from '../sources/local.ts'
import { maskedTexts } from '../sources/save.ts'
import { writeWhole } from '../sources/write-file.ts'
import { collectFlags, globalFlags } from './support/flags.ts'
import { note } from './support/notes.ts'
import { print } from './support/stdout.ts'
import { duration } from './support/values.ts'

export default class Collect extends Command {
  static override summary = 'Print the transcript of this host, or the script that prints it anywhere.'
  static override examples = [
    'collect > ds1.txt',
    'collect --script > collect.sh',
    'collect --script | ssh root@ds1 sh -s > ds1.txt',
  ]
  static override flags = {
    script: boolean({ summary: 'print the POSIX sh collector instead of running it' }),
    output: string({ char: 'o', helpValue: 'FILE', summary: 'write to a file' }),
    ...collectFlags,
    ...globalFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Collect)
    const timeoutMs = duration('timeout', flags.timeout, 120_000)
    const commandTimeoutMs = duration('command-timeout', flags['command-timeout'], 10_000)
    const deliver = (text: string) => {
      if (flags.output === undefined) print(text)
      else writeWhole(flags.output, text)
    }
    if (flags.script) return deliver(collectorScript({ seconds: commandTimeoutMs / 1000 }))
    const { input, timedOut } = await collectHere({ timeoutMs, commandTimeoutMs })
    deliver(maskedTexts([input])[0] ?? '')
    if (!timedOut) return
    note(flags.quiet, '--timeout was reached: the transcript ends where it was cut')
    process.exitCode = EXIT.timeout
  }
}
