import { string as arg } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean } from '@oclif/core/flags'
import { parseText } from '../engine/index.ts'
import { readSources } from '../sources/files.ts'
import { globalFlags } from './support/flags.ts'
import { readStdin } from './support/gather.ts'
import { listCapture } from './support/list-capture.ts'
import { plainJson } from './support/plain-json.ts'
import { print } from './support/stdout.ts'

export default class Parse extends Command {
  static override summary = 'One command output or file to JSON: its value, and the lines that were not understood.'
  static override usage = 'parse FORMAT [FILE|-]'
  static override args = {
    format: arg({
      required: true,
      ignoreStdin: true,
      description: 'ip-addr, iptables-save, sysctl, ipvsadm, keepalived-conf …',
    }),
    file: arg({ ignoreStdin: true, default: '-', description: 'file to read; - is stdin' }),
  }
  static override examples = ['parse ip-addr addr.txt', 'iptables-save | lvsdoctor parse iptables-save']
  static override flags = {
    json: boolean({ summary: 'print JSON (there is no other form)', hidden: true }),
    ...globalFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Parse)
    const { inputs } = await readSources([args.file], {
      stdin: () => readStdin(flags.quiet),
      capture: listCapture,
    })
    for (const { bytes, name, path } of inputs) {
      const parsed = parseText(args.format, bytes, { name, ...(path === undefined ? {} : { path }) })
      print(`${plainJson(parsed)}\n`)
    }
  }
}
