/** Captures for the tests of what packets say: recorded ones by name, or a few lines of text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cite } from '../../../src/model/evidence.ts'
import type { Capture } from '../../../src/model/facts.ts'
import { tcpdump } from '../../../src/parsers/tcpdump.ts'
import { sectionOf } from '../../parsers/section.ts'

const RECORDED = join(import.meta.dirname, 'captures')
const OUTPUTS = join(import.meta.dirname, '../../../fixtures/outputs/tcpdump')

/** A capture recorded for these tests; lines are those of the file. */
export function recorded(name: string): Capture {
  return captureOf(readFileSync(join(RECORDED, `${name}.txt`), 'utf8'))
}

/** A capture that the parser's fixtures hold. */
export function parsed(name: string): Capture {
  return captureOf(readFileSync(join(OUTPUTS, `${name}.txt`), 'utf8'))
}

export function captureOf(text: string, command?: string): Capture {
  const { value, unread } = tcpdump.parse(sectionOf(text, command === undefined ? {} : { command }))
  if (unread.length > 0) throw new Error(`not read: ${unread.map((line) => line.text).join('\n')}`)
  return value
}

export function lines(cites: readonly Cite[]): readonly number[] {
  return cites.map((cite) => cite.line)
}
