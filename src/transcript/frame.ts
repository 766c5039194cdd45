/** Text of our own collector: marks say which command ran, how many lines it printed, how it ended. */

import { isBlank } from '../lib/text.ts'
import type { Section } from '../model/evidence.ts'
import { strongPrompt } from './prompt.ts'
import type { HostName, Recorder } from './recorder.ts'
import { FORMATS, formatOfCommand } from './shapes.ts'

const HEAD = /^#@ lvsdoctor collect \d+\b(.*)$/
const RUN = /^#@ run ([\w.:-]{1,80}): (.*)$/
const END = /^#@ end ([\w.:-]{1,80})\b(.*)$/
const SKIP = /^#@ skip ([\w.:-]{1,80}): ([\w-]{1,40})/
const DONE = /^#@ done\b/

/** What a shell would have answered, so that a skip reads like a run that failed. */
const SKIP_EXIT: Readonly<Record<string, number>> = { 'no-such-tool': 127, denied: 126, 'not-loaded': 125 }

/** First line of a frame; without its head (cut off when copying) a frame begins at its first run. */
export function isFrameHead(line: string): boolean {
  return line.startsWith('#@ ') && (HEAD.test(line) || RUN.test(line))
}

interface Running {
  readonly id: string
  readonly order: number
  readonly probe: string
  readonly command: string
  readonly start: number
  /** The next mark is its own end mark. */
  readonly ended: boolean
}

type Shared = Pick<Section, 'source' | 'host' | 'hostBy' | 'takenAt'>

/** Reads the frame that begins at `from`; returns the index after it. */
export function readFrame(lines: readonly string[], from: number, byDefault: HostName, record: Recorder): number {
  const head = HEAD.exec(lines[from] ?? '')?.[1]
  const shared: Shared = { source: record.source.name, ...(head === undefined ? byDefault : hostOf(head, byDefault)) }
  let running: Running | undefined
  const close = (end: number, mark?: string): void => {
    if (running !== undefined) record.sections.push(sectionOf(shared, running, lines.slice(running.start, end), mark))
    running = undefined
  }
  for (let i = head === undefined ? from : from + 1; i < lines.length; i += 1) {
    const line = lines[i] ?? ''
    const mark = line.startsWith('#@ ') ? markOf(line) : undefined
    if (mark?.is === 'run') {
      close(i)
      running = { ...record.open(), ...mark.ran, start: i + 1, ended: endsAt(lines, i + 1, mark.ran.probe) }
    } else if (mark?.is === 'end') {
      close(i, mark.probe === running?.probe ? mark.rest : undefined)
    } else if (mark?.is === 'skip') {
      close(i)
      record.sections.push(skipped(record, shared, i, mark))
    } else if (mark?.is === 'done' || mark?.is === 'head') {
      close(i)
      return mark.is === 'done' ? i + 1 : i
    } else if (running?.ended !== true && strongPrompt(line) !== undefined) {
      // The copy was cut off here, and something else pasted behind it.
      close(i)
      return i
    } else if (running === undefined && !isBlank(line)) record.miss(i + 1)
  }
  close(lines.length)
  return lines.length
}

function hostOf(head: string, byDefault: HostName): Omit<Shared, 'source'> {
  const host = /\bhost=(\S{1,255})/.exec(head)?.[1]
  const time = /\btime=(\d{1,12})\b/.exec(head)?.[1]
  const who: HostName = host === undefined ? byDefault : { host, hostBy: 'frame' }
  return { ...who, ...(time === undefined ? {} : { takenAt: Number(time) * 1000 }) }
}

type Mark =
  | { readonly is: 'run'; readonly ran: { readonly probe: string; readonly command: string } }
  | { readonly is: 'end'; readonly probe: string; readonly rest: string }
  | { readonly is: 'skip'; readonly probe: string; readonly why: string }
  | { readonly is: 'head' | 'done' }

function markOf(line: string): Mark | undefined {
  const run = RUN.exec(line)
  if (run !== null) return { is: 'run', ran: { probe: run[1] ?? '', command: run[2] ?? '' } }
  const end = END.exec(line)
  if (end !== null) return { is: 'end', probe: end[1] ?? '', rest: end[2] ?? '' }
  const skip = SKIP.exec(line)
  if (skip !== null) return { is: 'skip', probe: skip[1] ?? '', why: skip[2] ?? '' }
  if (DONE.test(line)) return { is: 'done' }
  return HEAD.test(line) ? { is: 'head' } : undefined
}

function endsAt(lines: readonly string[], from: number, probe: string): boolean {
  for (let i = from; i < lines.length; i += 1) {
    const line = lines[i] ?? ''
    const mark = line.startsWith('#@ ') ? markOf(line) : undefined
    if (mark !== undefined) return mark.is === 'end' && mark.probe === probe
  }
  return false
}

function sectionOf(shared: Shared, running: Running, printed: readonly string[], mark: string | undefined): Section {
  const { id, order, probe, command, start } = running
  const exit = /\bexit=(\d{1,3})\b/.exec(mark ?? '')?.[1]
  const count = /\blines=(\d{1,9})\b/.exec(mark ?? '')?.[1]
  const complete = count !== undefined && Number(count) === printed.length
  const shape = formatOfProbe(probe) ?? formatOfCommand(command)
  return {
    ...shared,
    id,
    probe,
    command,
    ...(shape === undefined ? {} : { shape }),
    ...(exit === undefined || !complete ? {} : { exit: Number(exit) }),
    // The collector guards output that looks like a mark of its own.
    lines: printed.map((line) => (line.startsWith('#@| ') ? line.slice(4) : line)),
    firstLine: start + 1,
    commandLine: start,
    ...pathOf(command, shape),
    order,
    // `cut=1`: the collector stopped at its byte limit, so the end mark vouches for nothing.
    whole: complete && !/\bcut=1\b/.test(mark ?? ''),
  }
}

function skipped(
  record: Recorder,
  shared: Shared,
  index: number,
  skip: { readonly probe: string; readonly why: string },
): Section {
  const exit = Object.hasOwn(SKIP_EXIT, skip.why) ? SKIP_EXIT[skip.why] : undefined
  const shape = formatOfProbe(skip.probe)
  return {
    ...shared,
    ...record.open(),
    probe: skip.probe,
    command: '',
    ...(shape === undefined ? {} : { shape }),
    ...(exit === undefined ? {} : { exit }),
    lines: [],
    firstLine: index + 2,
    commandLine: index + 1,
    whole: true,
  }
}

/** Probes carry the id of the format they print. */
function formatOfProbe(probe: string): string | undefined {
  return FORMATS.includes(probe) ? probe : undefined
}

function pathOf(command: string, shape: string | undefined): { path?: string } {
  const path = shape === undefined ? undefined : /^cat (?:-- )?'?(\/[^\s'*?[\]]+)'?(?:\s+2>\S+)?$/.exec(command)?.[1]
  return path === undefined ? {} : { path }
}
