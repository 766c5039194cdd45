import { string as arg } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean } from '@oclif/core/flags'
import { explainCheck, listChecks } from '../engine/index.ts'
import { EXIT, UserError } from '../model/errors.ts'
import { closest } from './support/closest.ts'
import { explanation, listing } from './support/explanation.ts'
import { globalFlags } from './support/flags.ts'
import { plainJson } from './support/plain-json.ts'
import { print } from './support/stdout.ts'

export default class Explain extends Command {
  static override summary = 'What a check means, what it needs to know, and what its findings say. Works offline.'
  static override args = { check: arg({ ignoreStdin: true, description: 'id of a check, as reports print it' }) }
  static override examples = ['explain --list', 'explain vrrp-blocked-input']
  static override flags = {
    list: boolean({ summary: 'all checks, one per line' }),
    json: boolean({ summary: 'print JSON' }),
    ...globalFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain)
    const all = listChecks()
    if (args.check === undefined || flags.list) {
      print(flags.json ? `${plainJson(all)}\n` : listing(all))
      return
    }
    const check = explainCheck(args.check)
    if (check === undefined) {
      const meant = closest(
        args.check,
        all.map(({ id }) => id),
      )
      throw new UserError(`there is no check ${args.check}`, EXIT.usage, [`lvsdoctor explain ${meant ?? '--list'}`])
    }
    print(flags.json ? `${plainJson(check)}\n` : explanation(check))
  }
}
