/** What `check` does once its flags are read: gather, judge, keep, show. */
import { diagnose, listChecks } from '../../engine/index.ts'
import { EXIT } from '../../model/errors.ts'
import { saveInputs } from '../../sources/save.ts'
import type { CheckFlags } from './check-flags.ts'
import { deliver, deliveryOf, exitCodeOf } from './deliver.ts'
import { type Evidence, gather, gatherExample } from './gather.ts'
import { askedHosts } from './hosts.ts'
import { note } from './notes.ts'
import { startTicker } from './progress.ts'
import { duration, hostName, roles, vips } from './values.ts'

interface Place {
  /** Folder of the package, where the examples are. */
  readonly root: string
  readonly version: string
}

/** Resolves to the exit code. Every flag is judged before anything is read or run. */
export async function runCheck(flags: CheckFlags, words: readonly string[], place: Place): Promise<number> {
  const delivery = deliveryOf(flags, !words.some((word) => /^(.*=)?-$/.test(word)))
  const host = hostName('as', flags.as)
  const asked = askedHosts(flags)
  const options = {
    timeoutMs: duration('timeout', flags.timeout, 120_000),
    commandTimeoutMs: duration('command-timeout', flags['command-timeout'], 10_000),
    quiet: flags.quiet,
    verbose: flags.verbose,
    ...(host === undefined ? {} : { host }),
    ...(asked === undefined ? {} : { asked }),
  }
  const judging = {
    only: flags.only ?? [],
    skip: flags.skip ?? [],
    vips: vips(flags.vip ?? []),
    roles: roles(flags.role ?? []),
    version: place.version,
  }
  const here = words.length === 0 && !flags.example
  const ticker = await startTicker(delivery.live && (here || asked !== undefined), listChecks().length, asked?.hosts)
  let evidence: Evidence
  let report: ReturnType<typeof diagnose>
  try {
    evidence = await (flags.example
      ? gatherExample(place.root, words, options)
      : gather(words, { ...options, onHost: ticker.onHost }))
    const { notReached = [] } = evidence
    report = diagnose(evidence.inputs, { ...judging, notReached, onProgress: ticker.onProgress })
  } finally {
    await ticker.stop()
  }
  if (flags.save !== undefined) saveInputs(flags.save, evidence.inputs)
  if (!(await deliver(report, delivery))) return EXIT.interrupted
  if (!evidence.timedOut) return exitCodeOf(report, delivery.failOn)
  note(flags.quiet, '--timeout was reached: the report covers only what was collected until then')
  return EXIT.timeout
}
