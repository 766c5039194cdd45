/** How keepalived was started: from the list of processes, or from what it logs itself. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { KEEPALIVED, processesNamed } from './keepalived-run.ts'
import { linesSinceStart } from './log-lines.ts'

export interface CommandLine {
  /** File behind `-f` or `--use-file`; undefined: none, so the main file is read. */
  readonly file?: string
  readonly at: Cite
}

/** undefined: not seen. Child processes have the same words. A bare name may be one without its arguments (`ps -o comm`). */
export function commandLine(host: Host): CommandLine | undefined {
  const [process] = processesNamed(host, KEEPALIVED).filter(({ command }) => /\s/.test(command.trim()))
  const logged = linesSinceStart(host, /^Command line: (.*)$/).at(-1)
  const text = process?.command ?? logged?.match[1]?.replaceAll("'", '')
  const at = process?.at ?? logged?.entry.at
  if (text === undefined || at === undefined) return undefined
  const words = text.trim().split(/\s+/)
  const option = words.findIndex((word) => /^-\w*f/.test(word) || word.startsWith('--use-file'))
  const word = words[option] ?? ''
  const file = word.includes('=')
    ? word.slice(word.indexOf('=') + 1)
    : (/^-\w*f(.+)$/.exec(word)?.[1] ?? words[option + 1])
  return option < 0 || file === undefined ? { at } : { file, at }
}
