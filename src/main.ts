/** Entry of the bundle: the commands by name, and one run of the command line. */
import type { Config, Interfaces } from '@oclif/core'
import { run } from '@oclif/core/run'
import { settings } from '@oclif/core/settings'
import Capture from './commands/capture.ts'
import Check from './commands/check.ts'
import Collect from './commands/collect.ts'
import Explain from './commands/explain.ts'
import Parse from './commands/parse.ts'
import { reportFailure } from './commands/support/failure.ts'
import { forgiveEarlyClose } from './commands/support/stdout.ts'
import Trace from './commands/trace.ts'

/** What oclif needs of package.json, put in by the build: no run has to look for the file. */
declare const LVSDOCTOR_PACKAGE: Interfaces.PJSON

/** oclif's explicit command table. */
export const COMMANDS = {
  capture: Capture,
  check: Check,
  collect: Collect,
  explain: Explain,
  parse: Parse,
  trace: Trace,
}

interface Runnable {
  _run(): Promise<unknown>
  warnIfCommandDeprecated(): void
}

/** What makes oclif itself answer: help and version. */
const FOR_OCLIF = new Set(['-h', '--help', '-V', '--version'])

/**
 * A plain run of a known command needs nothing of oclif's configuration (plugins, manifests, cache folders, user agent), and
 * building that costs a third of Node's own start. False: leave it to oclif.
 */
async function ranDirectly(argv: readonly string[], root: string): Promise<boolean> {
  const name = argv[0] ?? ''
  if (!Object.hasOwn(COMMANDS, name) || argv.some((word) => FOR_OCLIF.has(word))) return false
  const Chosen = COMMANDS[name as keyof typeof COMMANDS]
  Chosen.id ??= name
  const command = new Chosen(argv.slice(1), plainConfig(root)) as unknown as Runnable
  // It would ask the whole command table for aliases; none of ours is deprecated.
  command.warnIfCommandDeprecated = () => undefined
  await command._run()
  return true
}

/** The part of oclif's Config that a running command asks for. */
function plainConfig(root: string): Config {
  const { name, version } = LVSDOCTOR_PACKAGE
  const config = {
    bin: 'lvsdoctor',
    name,
    version,
    root,
    pjson: LVSDOCTOR_PACKAGE,
    topicSeparator: ' ',
    userAgent: `${name}/${version}`,
    runHook: async () => ({ successes: [], failures: [] }),
    scopedEnvVar: () => undefined,
    scopedEnvVarTrue: () => false,
    scopedEnvVarKey: (key: string) => `LVSDOCTOR_${key}`,
    scopedEnvVarKeys: (key: string) => [`LVSDOCTOR_${key}`],
  }
  return config as unknown as Config
}

/**
 * One run. Never calls process.exit: what is written to a slow pipe must arrive.
 * @param argv words after the program's name
 * @param root folder of package.json
 */
export async function main(argv: readonly string[], root: string): Promise<void> {
  settings.enableAutoTranspile = false
  try {
    if (await ranDirectly(argv, root)) return
    forgiveEarlyClose()
    await run([...argv], { root, pjson: LVSDOCTOR_PACKAGE, userPlugins: false, devPlugins: false })
  } catch (error) {
    reportFailure(error, argv)
  }
}
