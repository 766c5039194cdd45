import { Box, Text } from 'ink'
import type { ReactElement } from 'react'
import type { Block } from '../report/blocks.ts'
import type { Layout } from '../report/layout.ts'
import { joins, linesOf } from '../report/lines.ts'
import type { Painter } from '../report/theme.ts'

interface Props {
  readonly block: Block
  readonly before: Block | undefined
  readonly layout: Layout
  readonly paint: Painter
}

/** One block of the report, whole. */
export function BlockView({ block, before, layout, paint }: Props): ReactElement {
  return (
    <Box flexDirection="column" marginTop={joins(before, block) ? 0 : 1}>
      {linesOf(block, layout).map((row, index) => (
        // Lines of a block never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={index}>{paint(row) || ' '}</Text>
      ))}
    </Box>
  )
}
