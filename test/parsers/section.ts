/** Helpers for parser tests: a Section out of plain text, and facts as plain, readable JSON. */
import type { Cite, Section } from '../../src/model/evidence.ts'

export interface SectionOptions {
  readonly command?: string
  /** Parser id, as the reader would recognise it from the content of bare output. */
  readonly format?: string
  readonly path?: string
  readonly host?: string
  readonly whole?: boolean
  readonly firstLine?: number
}

const HEADER = '#: '

/**
 * The section a text stands for. Leading `#: …` lines are a fixture's header: not output, but counted, so that the line
 * numbers are those an editor shows. `#: command: …` and `#: path: …` set the section's command and path.
 */
export function sectionOf(text: string, options: SectionOptions = {}): Section {
  const all = text.split('\n')
  if (all.at(-1) === '') all.pop()
  let headers = 0
  while (all[headers]?.startsWith(HEADER)) headers++
  const header = (key: string): string | undefined =>
    all
      .slice(0, headers)
      .find((line) => line.startsWith(`${HEADER}${key}: `))
      ?.slice(HEADER.length + key.length + 2)
      .trim()
  const command = options.command ?? header('command') ?? ''
  const path = options.path ?? header('path')
  return {
    id: 'test#1',
    source: 'test',
    host: options.host ?? 'host',
    hostBy: 'given',
    command,
    ...(options.format === undefined ? {} : { shape: options.format }),
    ...(path === undefined ? {} : { path }),
    lines: all.slice(headers),
    firstLine: options.firstLine ?? headers + 1,
    order: 0,
    whole: options.whole ?? true,
  }
}

/**
 * A value as JSON can hold it: a cite becomes its line (`3`, or `'3-7'` for a range), a Map its `[key, value]` pairs
 * sorted by key, a Set its sorted members; undefined properties vanish.
 */
export function plain(value: unknown): unknown {
  if (isCite(value)) return value.last === undefined ? value.line : `${value.line}-${value.last}`
  if (value instanceof Map) return [...value].map(([key, item]) => [plain(key), plain(item)]).sort(byText)
  if (value instanceof Set) return [...value].map(plain).sort(byText)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  )
}

/** Every line that something in the value cites. */
export function citedLines(value: unknown, into: Set<number> = new Set()): Set<number> {
  if (isCite(value)) for (let line = value.line; line <= (value.last ?? value.line); line++) into.add(line)
  else if (value instanceof Map) for (const item of value.values()) citedLines(item, into)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) citedLines(item, into)
  return into
}

function isCite(value: unknown): value is Cite {
  if (typeof value !== 'object' || value === null) return false
  const cite = value as Partial<Cite>
  return (
    typeof cite.section === 'string' &&
    typeof cite.line === 'number' &&
    Object.keys(value).every((key) => ['section', 'line', 'last', 'column'].includes(key))
  )
}

function byText(a: unknown, b: unknown): number {
  const left = JSON.stringify(a)
  const right = JSON.stringify(b)
  if (left === right) return 0
  return left < right ? -1 : 1
}
