/** An input that is one configuration file from end to end. */

import { baseName, isBlank } from '../lib/text.ts'
import type { Section } from '../model/evidence.ts'
import { formatOfPath } from './path-format.ts'
import { strongPrompt } from './prompt.ts'
import type { HostName, Recorder } from './recorder.ts'
import { shapeStarting } from './shapes.ts'

/** Format of the file when its name or its text says it is one; a transcript that merely has such a name is none. */
export function wholeFileFormat(lines: readonly string[], name: string): string | undefined {
  if (!/\.conf(?:[._-]\w+)?$/.test(baseName(name))) return undefined
  if (
    lines.some((line) => line.startsWith('#@ ') || /^ {0,3}(?:```|~~~)/.test(line) || strongPrompt(line) !== undefined)
  )
    return undefined
  const byPath = formatOfPath(name)
  if (byPath === 'sysctl-conf' || byPath === 'keepalived-conf') return byPath
  const first = lines.find((line) => /^\s*[^#;!\s]/.test(line)) ?? ''
  return shapeStarting(first)?.format.startsWith('sysctl') ? 'sysctl-conf' : 'keepalived-conf'
}

/** The one section of such a file. */
export function readWholeFile(
  lines: readonly string[],
  format: string,
  path: string,
  who: HostName,
  record: Recorder,
): void {
  let end = lines.length
  while (end > 0 && isBlank(lines[end - 1] ?? '')) end -= 1
  const section: Section = {
    ...record.open(),
    source: record.source.name,
    ...who,
    command: '',
    shape: format,
    lines: lines.slice(0, end),
    firstLine: 1,
    path,
    whole: true,
  }
  record.sections.push(section)
}
