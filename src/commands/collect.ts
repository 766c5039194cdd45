import { Command } from '@oclif/core/command'
import { boolean, string } from '@oclif/core/flags'
import { EXIT, UserError } from '../model/errors.ts'
import { collectorScript } from '../probes/script.ts'
import { pack } from '../sources/archive.ts'
import type { Input } from '../sources/input.ts'
import { collectHere } from '../sources/local.ts'
import { bundleOf, maskedTexts, saveInputs } from '../sources/save.ts'
import { writeWhole } from '../sources/write-file.ts'
import { collectFlags, globalFlags } from './support/flags.ts'
import { gatherHosts } from './support/gather-hosts.ts'
import { askedHosts, hostFlags } from './support/hosts.ts'
import { note } from './support/notes.ts'
import { print } from './support/stdout.ts'
import { duration } from './support/values.ts'

export default class Collect extends Command {
  static override summary = 'Print the transcript of this host or of others, or the script that prints it anywhere.'
  static override examples = [
    'collect > ds1.txt',
    'collect -H ds1 -H ds2 -H rs1 -o cluster.tar.gz',
    'collect --script > collect.sh',
  ]
  static override flags = {
    ...hostFlags,
    script: boolean({ summary: 'print the POSIX sh collector instead of running it' }),
    output: string({ char: 'o', helpValue: 'FILE|DIR', summary: 'a file; of several hosts a folder or a .tar.gz' }),
    ...collectFlags,
    ...globalFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Collect)
    const { output, quiet } = flags
    const timeoutMs = duration('timeout', flags.timeout, 120_000)
    const commandTimeoutMs = duration('command-timeout', flags['command-timeout'], 10_000)
    const asked = askedHosts(flags)
    if (flags.script) return deliver(collectorScript({ seconds: commandTimeoutMs / 1000 }), output)
    if (asked === undefined || asked.hosts.length === 0) {
      const { input, timedOut } = await collectHere({ timeoutMs, commandTimeoutMs })
      deliver(maskedTexts([input])[0] ?? '', output)
      if (timedOut) cutShort(quiet)
      return
    }
    const count = asked.hosts.length + (asked.local ? 1 : 0)
    if (output === undefined && count > 1)
      throw new UserError('several hosts need -o DIR or -o FILE.tar.gz', EXIT.usage)
    const { inputs, notReached, timedOut } = await gatherHosts(asked, { timeoutMs, commandTimeoutMs, quiet })
    await keep(inputs, output)
    if (timedOut) cutShort(quiet)
    else if (notReached.length > 0) process.exitCode = EXIT.unknown
  }
}

function deliver(text: string, output: string | undefined): void {
  if (output === undefined) print(text)
  else writeWhole(output, text)
}

async function keep(inputs: readonly Input[], output: string | undefined): Promise<void> {
  if (output === undefined) print(maskedTexts(inputs)[0] ?? '')
  else if (/\.(?:tar\.gz|tgz)$/i.test(output)) writeWhole(output, await pack(bundleOf(inputs)))
  else saveInputs(output, inputs)
}

function cutShort(quiet: boolean): void {
  note(quiet, '--timeout was reached: the transcript ends where it was cut')
  process.exitCode = EXIT.timeout
}
