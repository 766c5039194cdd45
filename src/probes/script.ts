/** The probe table as a POSIX sh script. */
import { CLOSING, PRELUDE } from './shell.ts'
import { PROBES, type Probe } from './table.ts'

export interface ScriptOptions {
  /** Time limit of one command, in whole seconds. */
  readonly seconds: number
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function lineOf({ id, command, maxBytes, tool, root, gate, when, each }: Probe): string {
  const words = [id, maxBytes, quoted(gate ?? 'true'), root ? 'root' : 'any', tool]
  const shown = quoted(command).replace('FILE', `'"$path"'`)
  const call = `probe ${words.join(' ')} ${shown}`
  const loop =
    each === undefined
      ? call
      : `paths=$(${each})
  [ -n "$paths" ] || skip ${id} no-such-file
  for path in $paths; do ${call}; done`
  return when === undefined ? `  ${loop}` : `  if ${when}; then\n  ${loop}\n  fi`
}

/** The collector: prints one framed transcript of the host it runs on. */
export function collectorScript({ seconds }: ScriptOptions): string {
  const probes = PROBES.map(lineOf).join('\n')
  return `${PRELUDE}\n  seconds=${Math.max(1, Math.ceil(seconds))}\n${probes}\n${CLOSING}\n`
}
