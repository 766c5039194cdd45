import { Box, Text, useStdout } from 'ink'
import type { ReactElement } from 'react'
import { useSyncExternalStore } from 'react'
import { plain } from '../report/safe.ts'
import { sizeOf } from './terminal.ts'

/** What the screen of a running capture shows; each change replaces all of it. */
export interface WatchStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly snapshot: () => readonly string[]
  readonly change: (lines: readonly string[]) => void
}

export function createWatchStore(): WatchStore {
  const listeners = new Set<() => void>()
  let now: readonly string[] = []
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => now,
    change: (lines) => {
      now = lines.map(plain)
      for (const listener of listeners) listener()
    },
  }
}

/** The pictures of a capture while it runs, always a few rows shorter than the terminal. */
export function Watching({ store }: { readonly store: WatchStore }): ReactElement {
  const { stdout } = useStdout()
  const lines = useSyncExternalStore(store.subscribe, store.snapshot)
  const room = Math.max(1, sizeOf(stdout).rows - 3)
  return (
    <Box flexDirection="column">
      {lines.slice(0, room).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Text key={row} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
      <Text>Ctrl-C ends the capture and judges what was seen</Text>
    </Box>
  )
}
