/**
 * Every parser against every recorded output: fixtures/outputs/<format>/<distro-version>-<what>.txt beside .json.
 *
 * The .txt may begin with header lines: `#: origin …` says where it comes from, `#: command: …` what was typed.
 * The .json says what we make of it: `{ "value": …, "unread": [line numbers] }`, lines as an editor counts them in the
 * .txt, `"partial": true` where the command asked for a selection, or `{ "notUnderstood": true }`. `WRITE_FIXTURES=1` writes a missing .json from what the parser says today;
 * read it against the text before committing it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import type { Parser, Section } from '../../src/model/evidence.ts'
import { citedLines, plain, sectionOf } from './section.ts'

const OUTPUTS = join(import.meta.dirname, '../../fixtures/outputs')
const SOURCES = join(import.meta.dirname, '../../src/parsers')

/** Formats that print one record a line: a line is cited, unread, or one of these. */
const FURNITURE: Readonly<Record<string, RegExp>> = {
  'ip-route': /^\s*$/,
  'ip-rule': /^\s*$/,
  'ip-neigh': /^\s*$/,
  arp: /^\s*$|^Address\s+HWtype|^IP address\s/,
  ss: /^\s*$|^(?:State|Netid)\s|^Active |^Proto\s|^(?:nl|u_str|unix|ESTAB)\s/,
}

const parsers = await everyParser()
const fixtures = [...parsers.keys()].flatMap((format) => fixturesOf(format))

interface Fixture {
  readonly name: string
  readonly format: string
  readonly text: string
  readonly expected: string
}

/** The registry's parsers; while it does not exist yet, whatever src/parsers exports. */
async function everyParser(): Promise<ReadonlyMap<string, Parser<unknown>>> {
  const registry = join(SOURCES, 'registry.ts')
  if (existsSync(registry)) return (await load(registry)).PARSERS as ReadonlyMap<string, Parser<unknown>>
  const found = new Map<string, Parser<unknown>>()
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.ts')))
    for (const item of Object.values(await load(join(SOURCES, file)))) if (isParser(item)) found.set(item.format, item)
  return found
}

async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>
}

function isParser(item: unknown): item is Parser<unknown> {
  return typeof item === 'object' && item !== null && 'format' in item && 'parse' in item
}

function fixturesOf(format: string): Fixture[] {
  const folder = join(OUTPUTS, format)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({
      name: `${format}/${name}`,
      format,
      text: readFileSync(join(folder, name), 'utf8'),
      expected: join(folder, `${name.slice(0, -'.txt'.length)}.json`),
    }))
}

/** What the parser says, as the .json holds it. Anything but NotUnderstood goes through and fails the test. */
function outcome(format: string, section: Section): Record<string, unknown> {
  const parser = parsers.get(format)
  if (parser === undefined) throw new Error(`no parser for ${format}`)
  try {
    const reading = parser.parse(section)
    const partial = reading.partial === true ? { partial: true } : {}
    return { value: plain(reading.value), unread: reading.unread.map((unread) => plain(unread.at)), ...partial }
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: true }
    throw error
  }
}

function withLines(section: Section, lines: readonly string[]): Section {
  return { ...section, lines, whole: false }
}

describe('fixtures/outputs', () => {
  it('has a parser for every folder', () => {
    const folders = existsSync(OUTPUTS) ? readdirSync(OUTPUTS) : []
    expect(folders.filter((folder) => !parsers.has(folder))).toEqual([])
  })
})

describe.each(fixtures)('$name', ({ format, text, expected }) => {
  const section = sectionOf(text, { format })

  it('reads as recorded', () => {
    const actual = outcome(format, section)
    if (!existsSync(expected) && process.env.WRITE_FIXTURES === '1')
      writeFileSync(expected, `${JSON.stringify(actual, null, 2)}\n`)
    expect(existsSync(expected), `missing ${expected}; it would be ${JSON.stringify(actual)}`).toBe(true)
    expect(actual).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })

  it('accounts for every line', () => {
    const furniture = FURNITURE[format]
    const parsed = outcome(format, section)
    if (furniture === undefined || !('value' in parsed)) return
    const reading = parsers.get(format)?.parse(section)
    const seen = citedLines(reading?.value)
    for (const unread of reading?.unread ?? []) citedLines(unread.at, seen)
    const lost = section.lines.filter((line, index) => !seen.has(section.firstLine + index) && !furniture.test(line))
    expect(lost).toEqual([])
  })

  it('reads or refuses every beginning of it', () => {
    const { lines } = section
    const step = Math.max(1, Math.floor(lines.length / 200))
    for (let count = 0; count < lines.length; count += step) outcome(format, withLines(section, lines.slice(0, count)))
    const characters = lines.join('\n')
    if (characters.length > 6000) return
    for (let end = 0; end < characters.length; end += 7)
      outcome(format, withLines(section, characters.slice(0, end).split('\n')))
  })
})

describe.each([...parsers.keys()])('%s', (format) => {
  const known = fixtures.filter((fixture) => fixture.format === format).map((fixture) => sectionOf(fixture.text))
  const commands = ['', ...known.map((section) => section.command)]
  const words = [...new Set(known.flatMap((section) => section.lines.flatMap((line) => line.split(/\s+/))))]

  it.each([
    ['nothing', []],
    ['an empty line', ['']],
    ['blank lines', [' ', '\t', '']],
  ])('does not understand %s', (_what, lines) => {
    expect(outcome(format, withLines(sectionOf(''), lines))).toEqual({ notUnderstood: true })
  })

  it('reads or refuses whatever it is given', () => {
    const real = known.flatMap((section) => section.lines)
    const word = words.length > 0 ? fc.constantFrom(...words) : fc.string()
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 12 }).map((parts) => parts.join(' ')),
      ...(real.length > 0 ? [fc.constantFrom(...real), cut(fc.constantFrom(...real))] : []),
    )
    const texts = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom(...commands))
    fc.assert(
      fc.property(texts, ([lines, command]) => {
        const result = outcome(format, withLines(sectionOf('', { command }), lines))
        expect('value' in result || 'notUnderstood' in result).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

/** A real line cut off and continued with something else. */
function cut(line: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(line, fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 8 }))
    .map(([text, share, tail]) => text.slice(0, Math.floor(text.length * share)) + tail)
}
