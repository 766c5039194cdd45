/** How far a run is. Plain data with subscribers, so that it can be fed before Ink is loaded. */
import { plain } from '../report/safe.ts'

export type HostState = 'waiting' | 'running' | 'done' | 'failed'

export interface ProgressSnapshot {
  /** Lines about hosts that are done or failed, in the order in which that came about. */
  readonly finished: readonly string[]
  readonly running: readonly string[]
  readonly checks: number
  /** 0 while nobody knows how many checks there will be. */
  readonly total: number
}

export interface ProgressStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly snapshot: () => ProgressSnapshot
  readonly host: (name: string, state: HostState, note?: string) => void
  readonly check: (id: string) => void
}

const WORD: Readonly<Record<HostState, string>> = {
  waiting: 'waiting',
  running: 'asking',
  done: 'done',
  failed: 'failed',
}

export function createProgressStore(total: number): ProgressStore {
  const listeners = new Set<() => void>()
  const running = new Map<string, string>()
  let now: ProgressSnapshot = { finished: [], running: [], checks: 0, total }
  const change = (next: Partial<ProgressSnapshot>): void => {
    now = { ...now, ...next }
    for (const listener of listeners) listener()
  }
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => now,
    host: (name, state, note = '') => {
      const text = `  ${WORD[state].padEnd(7)}  ${plain(name)}${note === '' ? '' : `  ${plain(note)}`}`.replace(
        /\s*\n\s*/g,
        ' ',
      )
      const over = state === 'done' || state === 'failed'
      if (over) running.delete(name)
      else running.set(name, text)
      change({ running: [...running.values()], ...(over ? { finished: [...now.finished, text] } : {}) })
    },
    check: () => change({ checks: now.checks + 1 }),
  }
}
