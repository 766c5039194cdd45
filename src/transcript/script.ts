/** Shell scripts that a transcript lists: no state of the host, but commands that somebody means to run. */
import { looseCommand } from './commands.ts'
import type { HostName, Recorder } from './recorder.ts'

const BONES =
  /^\s*(?:case\s.*\sin|esac|fi|done|if\s.*;\s*then|then|else|for\s+\w+\s+in\s.*|while\s.*;\s*do|[\w|*-]{1,40}\)|function\s+\w+.*|\w+\s*\(\)\s*\{?|;;)\s*(?:#.*)?$/

/** Is the text a shell script, with or without its first line? */
export function isScript(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  if (/^#!\s?\/\S*sh\b/.test(first)) return true
  return lines.slice(0, 400).filter((line) => BONES.test(line)).length >= 3
}

/** Records the commands of a script; `firstLine` is the source line of `lines[0]`. */
export function readScript(
  record: Recorder,
  who: HostName,
  lines: readonly string[],
  firstLine: number,
  section: string,
): void {
  lines.forEach((line, index) => {
    const command = looseCommand(line)
    if (command !== undefined) record.typed(who, firstLine + index, command, 'script', section)
  })
}
