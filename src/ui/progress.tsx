import { Box, Static, Text, useStdout } from 'ink'
import type { ReactElement } from 'react'
import { useSyncExternalStore } from 'react'
import type { ProgressStore } from './progress-store.ts'
import { sizeOf } from './terminal.ts'

/** Hosts and checks ticking by: what is finished stays above, what is under way is below. */
export function Progress({ store }: { readonly store: ProgressStore }): ReactElement {
  const { stdout } = useStdout()
  const { finished, running, checks, total } = useSyncExternalStore(store.subscribe, store.snapshot)
  const { rows, columns } = sizeOf(stdout)
  // Static lines come and go above the frame; the frame itself must stay shorter than the terminal.
  const room = Math.max(1, rows - 4)
  const shown = running.slice(0, room)
  const bar = Math.min(20, columns - 50)
  const filled = total === 0 ? 0 : Math.min(bar, Math.floor((bar * checks) / total))
  return (
    <Box flexDirection="column">
      <Static items={[...finished]}>{(one) => <Text key={one}>{one}</Text>}</Static>
      {shown.map((one) => (
        <Text key={one} wrap="truncate-end">
          {one}
        </Text>
      ))}
      {running.length > shown.length ? <Text>{`  and ${running.length - shown.length} more`}</Text> : null}
      {total > 0 ? (
        <Text>{`  checks  [${'#'.repeat(filled)}${' '.repeat(bar - filled)}] ${checks}/${total}`}</Text>
      ) : null}
    </Box>
  )
}
