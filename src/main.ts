/** Entry of the bundle: the commands by name, and one run of the command line. */
import type { Interfaces } from '@oclif/core'
import { run } from '@oclif/core/run'
import { settings } from '@oclif/core/settings'
import Check from './commands/check.ts'
import Collect from './commands/collect.ts'
import Explain from './commands/explain.ts'
import Parse from './commands/parse.ts'
import { reportFailure } from './commands/support/failure.ts'

/** What oclif needs of package.json, put in by the build: no run has to look for the file. */
declare const LVSDOCTOR_PACKAGE: Interfaces.PJSON

/** oclif's explicit command table. */
export const COMMANDS = { check: Check, collect: Collect, explain: Explain, parse: Parse }

/**
 * One run. Never calls process.exit: what is written to a slow pipe must arrive.
 * @param argv words after the program's name
 * @param root folder of package.json
 */
export async function main(argv: readonly string[], root: string): Promise<void> {
  settings.enableAutoTranspile = false
  try {
    await run([...argv], { root, pjson: LVSDOCTOR_PACKAGE, userPlugins: false, devPlugins: false })
  } catch (error) {
    reportFailure(error, argv)
  }
}
