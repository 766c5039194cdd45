import { string as arg } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { readCase } from '../engine/index.ts'
import { EXIT } from '../model/errors.ts'
import { gather } from './support/gather.ts'
import { note } from './support/notes.ts'
import { traceFlags } from './support/trace-flags.ts'
import { duration, hostName } from './support/values.ts'
import { sourcesOf } from './support/words.ts'

export default class Trace extends Command {
  static override summary = 'Walk one packet through the given hosts and show where it dies.'
  static override description =
    `Exit codes: 0 it gets through, 2 it is dropped, rejected or lost, 3 that cannot be told;
64 wrong flag, 65 input is not what it should be, 66 no such file, 69 nothing collected, 70 our bug, 124 --timeout reached.`
  static override usage = 'trace --client IP --vip IP:PORT [SOURCE...] | trace --hook HOOK --proto P ... [SOURCE...]'
  static override strict = false
  static override args = {
    source: arg({ ignoreStdin: true, description: 'file, folder, NAME=PATH, or - for stdin; none: this host' }),
  }
  static override examples = [
    'trace --client 10.0.0.9 --vip 10.0.0.1:80 ds1.txt rs1.txt rs2.txt',
    'trace --hook input --proto vrrp --src 10.0.0.11 --dst 224.0.0.18 --in eth0 ds2.txt',
  ]
  static override flags = traceFlags

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Trace)
    // A chunk of its own: no other command walks packets in front of the operator.
    const { answer, questionOf } = await import('./support/answer-trace.ts')
    const question = questionOf(flags)
    const host = hostName('as', flags.as)
    const evidence = await gather(sourcesOf(raw), {
      timeoutMs: duration('timeout', flags.timeout, 120_000),
      commandTimeoutMs: duration('command-timeout', flags['command-timeout'], 10_000),
      quiet: flags.quiet,
      verbose: flags.verbose,
      ...(host === undefined ? {} : { host }),
    })
    const { text, exitCode } = answer(readCase(evidence.inputs), question, flags.json)
    process.stdout.write(text)
    process.exitCode = evidence.timedOut ? EXIT.timeout : exitCode
    if (evidence.timedOut) note(flags.quiet, '--timeout was reached: the walk knows only what was collected until then')
  }
}
