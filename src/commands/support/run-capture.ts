/** What `capture` does once its flags are read: listen or read, judge, show. */
import { diagnose, summarise } from '../../engine/index.ts'
import { EXIT, UserError } from '../../model/errors.ts'
import type { Input } from '../../sources/input.ts'
import type { CaptureFlags } from './capture-flags.ts'
import { type CaptureQuestion, captureQuestion } from './capture-question.ts'
import { deliver, deliveryOf, exitCodeOf } from './deliver.ts'
import { gather } from './gather.ts'
import { note } from './notes.ts'

/** Resolves to the exit code. */
export async function runCapture(flags: CaptureFlags, version: string): Promise<number> {
  const question = captureQuestion(flags)
  const delivery = deliveryOf(flags, !question.read.some((word) => /^(.*=)?-$/.test(word)))
  if (flags['dry-run']) {
    const { planOf } = await import('./listen.ts')
    process.stdout.write(`${planOf(question).command}\n`)
    return EXIT.ok
  }
  const inputs =
    question.read.length > 0 ? await readFiles(question, flags) : await listenHere(question, flags, delivery.live)
  const only = flags.only ?? ['capture']
  const report = diagnose(inputs, {
    only,
    packets: true,
    ...(question.vip === undefined ? {} : { vips: vipsOf(question) }),
    version,
  })
  if (!(await deliver(report, delivery))) return EXIT.interrupted
  return exitCodeOf(report, delivery.failOn)
}

function vipsOf({ vip = '', port }: CaptureQuestion): readonly string[] {
  return [port === undefined ? vip : `${vip}:${port}`]
}

async function readFiles({ read }: CaptureQuestion, flags: CaptureFlags): Promise<readonly Input[]> {
  const limits = { timeoutMs: 120_000, commandTimeoutMs: 10_000 }
  const { inputs } = await gather(read, { ...limits, quiet: flags.quiet, verbose: flags.verbose })
  return inputs
}

async function listenHere(
  question: CaptureQuestion,
  { quiet }: CaptureFlags,
  live: boolean,
): Promise<readonly Input[]> {
  const [{ listen, planOf }, { CaptureReader }] = await Promise.all([
    import('./listen.ts'),
    import('../../engine/packets.ts'),
  ])
  const plan = planOf(question)
  const seconds = Math.round(question.durationMs / 1000)
  note(
    quiet,
    `listening on ${plan.live.device} (${plan.because}) for ${seconds} s; Ctrl-C ends it and judges what was seen`,
  )
  const screen = await startScreen(live)
  const { input, troubles, frames, dropped } = await listen(plan, new CaptureReader(), screen).finally(screen.stop)
  for (const trouble of troubles) note(false, trouble)
  if (dropped !== undefined && dropped > 0)
    note(false, `the kernel dropped ${dropped} packets: what is missing in the capture may have been on the wire`)
  if (frames === 0 && troubles.length === 0)
    throw new UserError(
      `no packet of ${question.vip} passed ${plan.live.device} while it was listened to`,
      EXIT.unknown,
      ['lvsdoctor capture --vip IP -i any', 'ip -br addr   # is this a host where the VIP passes?'],
    )
  return [input]
}

/** Milliseconds between two pictures. */
const REFRESH = 500

/** The live screen, where there is a terminal to see it; otherwise nothing is loaded. */
async function startScreen(live: boolean) {
  if (!live || process.stderr.isTTY !== true) return { seen: () => undefined, stop: async () => undefined }
  const { startWatching } = await import('../../ui/mount.tsx')
  const screen = await startWatching(process.stderr)
  let drawn = 0
  return {
    seen: (frames: number, text: () => Input) => {
      const now = Date.now()
      if (now - drawn < REFRESH) return
      drawn = now
      const [view] = summarise([text()])
      if (view !== undefined) screen.show(view, frames)
    },
    stop: () => screen.stop(),
  }
}
