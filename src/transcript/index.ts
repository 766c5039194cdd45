/** Text of any origin -> sections (a command and what it printed) and the commands somebody typed. */

import { isBlank, stemOf } from '../lib/text.ts'
import type { Section, Source, Unread } from '../model/evidence.ts'
import { blocksOf, dedent, outdentCode } from './blocks.ts'
import { clean } from './clean.ts'
import { isFrameHead, readFrame } from './frame.ts'
import { strongPrompt } from './prompt.ts'
import { unquote } from './quote.ts'
import { readBlock } from './read-block.ts'
import { createRecorder, type HostCommand, type HostName, outsideId, type Recorder } from './recorder.ts'
import type { Redactor } from './redact.ts'
import { shapeStarting } from './shapes.ts'
import { readWholeFile, wholeFileFormat } from './whole-file.ts'

export type { HostCommand } from './recorder.ts'
export { createRedactor, type Redactor } from './redact.ts'
export { FORMATS, formatOfCommand, formatOfText } from './shapes.ts'

export interface Transcript {
  readonly source: Source
  readonly sections: readonly Section[]
  readonly commands: readonly HostCommand[]
  readonly unread: readonly Unread[]
  /** What kind of text this is: for messages. */
  readonly kind: 'empty' | 'binary' | 'text'
  /** Stands for all lines outside the sections: what cites of loose commands and unread lines point into. */
  readonly outside: Section
}

export interface ReadOptions {
  readonly name: string
  /** Host for text that names none: NAME=PATH, --as. */
  readonly host?: string
  readonly redactor: Redactor
  /** Path on disk: tells keepalived.conf from a paste. */
  readonly path?: string
}

/**
 * Reads one input: bytes as they came, UTF-8, UTF-16 or GB 18030. Never throws; what is no text has kind `binary`,
 * and no sections. Line n of `source.lines` is line n of the input.
 */
export function readTranscript(bytes: Uint8Array, options: ReadOptions): Transcript {
  const { source, kind } = readSource(bytes, options)
  const record = createRecorder(source)
  const who = defaultHost(options)
  if (kind === 'text') readLines(source.lines, options, who, record)
  const { sections, commands, unread } = record
  return { source, sections, commands, unread, kind, outside: outsideOf(source, who) }
}

/** The lines alone: decoded, cleaned, secrets masked. */
export function readSource(
  bytes: Uint8Array,
  { name, redactor }: Pick<ReadOptions, 'name' | 'redactor'>,
): Pick<Transcript, 'source' | 'kind'> {
  const { lines: cleaned, repairs, kind } = clean(bytes)
  const unquoted = unquote(cleaned)
  const lines = (unquoted ?? cleaned).map((line) => redactor.line(line))
  return { source: { name, lines, repairs: unquoted === undefined ? repairs : [...repairs, 'quoting'] }, kind }
}

function defaultHost(options: ReadOptions): HostName {
  if (options.host !== undefined) return { host: options.host, hostBy: 'given' }
  return { host: stemOf(options.name), hostBy: 'stem' }
}

function outsideOf(source: Source, who: HostName): Section {
  const { name, lines } = source
  return { id: outsideId(name), source: name, ...who, command: '', lines, firstLine: 1, order: 0, whole: false }
}

function readLines(lines: readonly string[], options: ReadOptions, who: HostName, record: Recorder): void {
  const path = options.path ?? options.name
  const format = wholeFileFormat(lines, path)
  if (format !== undefined) {
    readWholeFile(lines, format, path, who, record)
    return
  }
  let from = 0
  for (let i = 0; i < lines.length; ) {
    if (isFrameHead(lines[i] ?? '')) {
      readPasted(lines, from, i, who, record)
      i = readFrame(lines, i, who, record)
      from = i
    } else i += 1
  }
  readPasted(lines, from, lines.length, who, record)
  vouchForFile(lines, options.path, record)
}

function readPasted(lines: readonly string[], from: number, to: number, byDefault: HostName, record: Recorder): void {
  if (from >= to) return
  for (const block of blocksOf(lines, from, to)) {
    const own = lines.slice(block.start, block.end)
    const text = block.kind === 'fence' ? dedent(own, makesSense) : outdentCode(own, makesSense)
    const who: HostName = block.heading === undefined ? byDefault : { host: block.heading, hostBy: 'heading' }
    readBlock({ lines: text, offset: block.start, kind: block.kind }, who, record)
  }
}

function makesSense(line: string): boolean {
  return strongPrompt(line) !== undefined || shapeStarting(line) !== undefined
}

/** A file on disk that turned out to be one configuration ends where the file ends: nothing is cut off. */
function vouchForFile(lines: readonly string[], path: string | undefined, record: Recorder): void {
  const [only] = record.sections
  if (path === undefined || only === undefined || record.sections.length > 1 || record.unread.length > 0) return
  if (only.command !== '' || (only.shape !== 'keepalived-conf' && only.shape !== 'sysctl-conf')) return
  const before = lines.slice(0, only.firstLine - 1).every((line) => isBlank(line) || /^\s*[#!;]/.test(line))
  const after = lines.slice(only.firstLine - 1 + only.lines.length).every(isBlank)
  if (before && after) record.sections[0] = { ...only, path, whole: true }
}
