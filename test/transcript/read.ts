/** Helpers of the reader's tests. */
import { createRedactor, type ReadOptions, readTranscript, type Transcript } from '../../src/transcript/index.ts'

export function read(text: string | Uint8Array, options: Partial<ReadOptions> = {}): Transcript {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return readTranscript(bytes, { name: 'ds1.txt', redactor: createRedactor(), ...options })
}

/** One line per section: `host:shape command @first+count`, `*` where an end mark vouches for it. */
export function outline({ sections }: Transcript): string[] {
  return sections.map(
    (s) =>
      `${s.host}:${s.shape ?? '-'} ${s.command || '(bare)'} @${s.firstLine}+${s.lines.length}${s.whole ? ' *' : ''}`,
  )
}

/** One line per command: `line how changes text`. */
export function typed({ commands }: Transcript): string[] {
  return commands.map(({ command }) => `${command.at.line} ${command.how} ${command.changes ?? '-'} ${command.text}`)
}

/** Numbers of the lines that nobody understood. */
export function unread(transcript: Transcript): number[] {
  return transcript.unread.map((line) => line.at.line)
}
