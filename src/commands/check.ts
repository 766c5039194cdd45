import { join } from 'node:path'
import { string as arg } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { exampleNames } from '../sources/examples.ts'
import { checkFlags } from './support/check-flags.ts'
import { runCheck } from './support/run-check.ts'
import { sourcesOf } from './support/words.ts'

export default class Check extends Command {
  static override summary = 'Judge a cluster: this host, or what was pasted and saved from several.'
  static override description =
    `Exit codes: 0 nothing wrong, 1 warnings, 2 critical, 3 nothing bad found but not all could be checked;
64 wrong flag, 65 input is not what it should be, 66 no such file, 69 nothing collected, 70 our bug, 73 cannot write,
77 no permission, 124 --timeout reached, 130 interrupted.`
  static override usage = 'check [SOURCE...] [FLAGS]'
  static override strict = false
  static override args = {
    source: arg({ ignoreStdin: true, description: 'file, folder, NAME=PATH, or - for stdin; none: this host' }),
  }
  static override examples = [
    { description: 'This host', command: '<%= config.bin %> check' },
    { description: 'Sessions saved from every host', command: '<%= config.bin %> check ds1.txt ds2.txt rs1.txt' },
    { description: 'A pasted session', command: '<%= config.bin %> check -' },
    { description: 'A bundled incident', command: '<%= config.bin %> check --example' },
  ]
  static override flags = checkFlags

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Check)
    const words = sourcesOf(raw)
    const { root, version } = this.config
    if (flags.example && words[0] === 'list') {
      for (const name of exampleNames(join(root, 'fixtures', 'cases'))) this.log(name)
      return
    }
    process.exitCode = await runCheck(flags, words, { root, version })
  }
}
