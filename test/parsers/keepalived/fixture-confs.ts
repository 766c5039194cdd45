/** Every keepalived.conf among the fixtures: recorded files, and what transcripts of cases print. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRedactor, readTranscript } from '../../../src/transcript/index.ts'
import type { Sample } from './corpus.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures')

export function configurationsOfFixtures(): Sample[] {
  const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /keepalived-conf\/.*\.txt$|^cases\/.*\.(?:txt|md)$/.test(file))
    .flatMap((name) => {
      const bytes = readFileSync(join(FIXTURES, name))
      if (name.includes('keepalived-conf')) return [{ name, text: unmask(bytes.toString()) }]
      const { sections } = readTranscript(bytes, { name, redactor: createRedactor() })
      return (
        sections
          // Of a host without the file, `cat` says so.
          .filter(({ shape, exit = 0 }) => shape === 'keepalived-conf' && exit === 0)
          .map(({ lines }) => ({ name, text: unmask(lines.join('\n')) }))
      )
    })
}

/** A masked password gets as many characters as it had. */
export function unmask(text: string): string {
  return text.replace(/<(?:secret|unmasked)-\d+\/(\d+)>/g, (_, length: string) => 'x'.repeat(Number(length)))
}
