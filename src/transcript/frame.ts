/** Text of our own collector: marks say which command ran, how many lines it printed, how it ended. */
import type { Section } from '../model/evidence.ts'
import type { Recorder } from './recorder.ts'
import { formatOfCommand } from './shapes.ts'

const HEAD = /^#@ lvsdoctor collect \d+\b(.*)$/
const RUN = /^#@ run ([\w.:-]{1,80}): (.*)$/
const END = /^#@ end ([\w.:-]{1,80})\b(.*)$/
const SKIP = /^#@ skip ([\w.:-]{1,80}): ([\w-]{1,40})/
const DONE = /^#@ done\b/

/** What a shell would have answered, so that a skip reads like a run that failed. */
const SKIP_EXIT: Readonly<Record<string, number>> = { 'no-such-tool': 127, denied: 126, 'not-loaded': 125 }

export function isFrameHead(line: string): boolean {
  return line.startsWith('#@ ') && HEAD.test(line)
}

interface Running {
  readonly id: string
  readonly order: number
  readonly probe: string
  readonly command: string
  readonly start: number
}

/** Reads one frame that begins at `from`; returns the index after it. */
export function readFrame(lines: readonly string[], from: number, to: number, record: Recorder): number {
  const head = HEAD.exec(lines[from] ?? '')?.[1] ?? ''
  const host = /\bhost=(\S{1,255})/.exec(head)?.[1] ?? ''
  const time = /\btime=(\d{1,12})\b/.exec(head)?.[1]
  const shared = {
    source: record.source.name,
    host,
    hostBy: 'frame',
    ...(time === undefined ? {} : { takenAt: Number(time) * 1000 }),
  } as const
  let running: Running | undefined

  function close(end: number, mark: string | undefined): void {
    if (running === undefined) return
    const { id, order, probe, command, start } = running
    const body = lines.slice(start, end).map((line) => (line.startsWith('#@| ') ? line.slice(4) : line))
    const exit = mark === undefined ? undefined : /\bexit=(\d{1,3})\b/.exec(mark)?.[1]
    const count = mark === undefined ? undefined : /\blines=(\d{1,9})\b/.exec(mark)?.[1]
    // `cut=1`: the collector stopped at its byte limit, so the end mark vouches for nothing.
    const whole = count !== undefined && Number(count) === body.length && !/\bcut=1\b/.test(mark ?? '')
    const shape = formatOfCommand(command)
    const section: Section = {
      ...shared,
      id,
      probe,
      command,
      ...(shape === undefined ? {} : { shape }),
      ...(exit === undefined || count === undefined || Number(count) !== body.length ? {} : { exit: Number(exit) }),
      lines: body,
      firstLine: start + 1,
      commandLine: start,
      ...pathOf(command, shape),
      order,
      whole,
    }
    record.sections.push(section)
    running = undefined
  }

  let i = from + 1
  for (; i < to; i += 1) {
    const line = lines[i] ?? ''
    if (!line.startsWith('#@ ')) continue
    const run = RUN.exec(line)
    const end = run === null ? END.exec(line) : null
    const skip = run === null && end === null ? SKIP.exec(line) : null
    if (run !== null) {
      close(i, undefined)
      running = { ...record.open(), probe: run[1] ?? '', command: run[2] ?? '', start: i + 1 }
    } else if (end !== null) {
      close(i, end[1] === running?.probe ? end[2] : undefined)
    } else if (skip !== null) {
      close(i, undefined)
      record.sections.push(skipped(record, shared, i, skip))
    } else if (DONE.test(line) || HEAD.test(line)) {
      close(i, undefined)
      return DONE.test(line) ? i + 1 : i
    }
  }
  close(i, undefined)
  return i
}

function skipped(
  record: Recorder,
  shared: Pick<Section, 'source' | 'host' | 'hostBy' | 'takenAt'>,
  index: number,
  skip: RegExpExecArray,
): Section {
  const exit = SKIP_EXIT[skip[2] ?? '']
  return {
    ...shared,
    ...record.open(),
    probe: skip[1] ?? '',
    command: '',
    ...(exit === undefined ? {} : { exit }),
    lines: [],
    firstLine: index + 2,
    commandLine: index + 1,
    whole: true,
  }
}

function pathOf(command: string, shape: string | undefined): { path?: string } {
  const path = shape === undefined ? undefined : /^cat (?:-- )?'?(\/[^\s'*?[\]]+)'?(?:\s+2>\S+)?$/.exec(command)?.[1]
  return path === undefined ? {} : { path }
}
