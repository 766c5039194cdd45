import { join } from 'node:path'
import { string as arg } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean, string } from '@oclif/core/flags'
import { diagnose } from '../engine/index.ts'
import { EXIT } from '../model/errors.ts'
import { exampleNames } from '../sources/examples.ts'
import { saveInputs } from '../sources/save.ts'
import { deliver, deliveryOf, exitCodeOf } from './support/deliver.ts'
import { collectFlags, globalFlags, listFlag, reportFlags } from './support/flags.ts'
import { gather, gatherExample } from './support/gather.ts'
import { note } from './support/notes.ts'
import { duration, hostName, roles, vips } from './support/values.ts'
import { sourcesOf } from './support/words.ts'

export default class Check extends Command {
  static override summary = 'Judge a cluster: this host, or what was pasted and saved from several.'
  static override usage = 'check [SOURCE...] [FLAGS]'
  static override strict = false
  static override args = {
    source: arg({ ignoreStdin: true, description: 'file, folder, NAME=PATH, or - for stdin; none: this host' }),
  }
  static override examples = ['check', 'check ds1.txt ds2.txt rs1.txt', 'check - < session.txt', 'check --example']
  static override flags = {
    vip: listFlag('IP[:PORT]', 'only this virtual service'),
    role: listFlag('HOST=ROLE', 'correct a guess: director, real-server or client'),
    as: string({ helpValue: 'NAME', summary: 'host that the one SOURCE is of' }),
    only: listFlag('CHECK|CATEGORY', 'run only these'),
    skip: listFlag('CHECK[@HOST]', 'leave these out'),
    save: string({
      helpValue: 'DIR',
      summary: 'keep the transcripts, secrets masked; check DIR gives the same report',
    }),
    example: boolean({ summary: 'judge a bundled incident: SOURCE is its name, or list' }),
    ...reportFlags,
    ...collectFlags,
    ...globalFlags,
  }

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Check)
    const words = sourcesOf(raw)
    const delivery = deliveryOf(flags)
    const host = hostName('as', flags.as)
    const options = {
      timeoutMs: duration('timeout', flags.timeout, 120_000),
      commandTimeoutMs: duration('command-timeout', flags['command-timeout'], 10_000),
      quiet: flags.quiet,
      ...(host === undefined ? {} : { host }),
    }
    const judging = {
      only: flags.only ?? [],
      skip: flags.skip ?? [],
      vips: vips(flags.vip ?? []),
      roles: roles(flags.role ?? []),
    }
    if (flags.example && words[0] === 'list') {
      for (const name of exampleNames(join(this.config.root, 'fixtures', 'cases'))) this.log(name)
      return
    }
    const evidence = flags.example
      ? await gatherExample(this.config.root, words[0], options)
      : await gather(words, options)
    const report = diagnose(evidence.inputs, { ...judging, version: this.config.version })
    if (flags.save !== undefined) saveInputs(flags.save, evidence.inputs)
    await deliver(report, delivery)
    if (evidence.timedOut)
      note(flags.quiet, '--timeout was reached: the report covers only what was collected until then')
    process.exitCode = evidence.timedOut ? EXIT.timeout : exitCodeOf(report, delivery.failOn)
  }
}
