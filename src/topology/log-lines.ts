/** Messages of keepalived that have no event of their own, by their words. */
import type { Host } from '../model/case.ts'
import type { LogEntry } from '../model/facts.ts'

export interface LogLine {
  readonly entry: LogEntry
  readonly match: RegExpExecArray
}

/** Matching messages since keepalived was last started; everything before may have been repaired since. */
export function linesSinceStart(host: Host, pattern: RegExp): readonly LogLine[] {
  return sinceStart(host).flatMap((entry) => {
    const match = pattern.exec(entry.text)
    return match ? [{ entry, match }] : []
  })
}

/** Every message since the last start that the log shows; all of them where it shows none. */
export function sinceStart(host: Host): readonly LogEntry[] {
  const { log } = host.facts
  if (log.state !== 'known') return []
  const { entries } = log.value
  return entries.slice(Math.max(0, entries.findLastIndex(isStart)))
}

/** Does the log show all since the last start? Only then does what it does not say mean that it was not said. */
export function showsLastRun(host: Host): boolean {
  const { log } = host.facts
  return log.state === 'known' && log.whole && log.value.entries.some(isStart)
}

function isStart({ event }: LogEntry): boolean {
  return event?.kind === 'started'
}
