import { Command } from '@oclif/core/command'
import { captureFlags } from './support/capture-flags.ts'
import { runCapture } from './support/run-capture.ts'

export default class Capture extends Command {
  static override summary = 'Watch or read the packets of one VIP and judge them.'
  static override description =
    `Runs the system's tcpdump, needs root, sends nothing. Ctrl-C ends the listening, and what was seen is judged.
Exit codes: 0 nothing wrong, 1 warnings, 2 critical, 3 nothing bad found but not all could be told;
64 wrong flag, 65 not a capture, 66 no such file, 69 tcpdump cannot listen, 73 cannot write, 77 no permission.`
  static override usage = 'capture --vip IP [FLAGS] | capture -r FILE [-r NAME=FILE...]'
  static override examples = [
    { description: 'Listen for a minute where the VIP is', command: '<%= config.bin %> capture --vip 10.0.0.1' },
    { description: 'What would be run', command: '<%= config.bin %> capture --vip 10.0.0.1 --dry-run' },
    {
      description: 'Two captures of one time',
      command: '<%= config.bin %> capture -r ds1=ds1.pcap -r rs1=rs1.pcapng',
    },
  ]
  static override flags = captureFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(Capture)
    process.exitCode = await runCapture(flags, this.config.version)
  }
}
