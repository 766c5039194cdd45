import { Box, Text } from 'ink'
import type { ReactElement } from 'react'
import { line, span } from '../report/spans.ts'
import type { Painter } from '../report/theme.ts'
import type { Row } from './view.ts'

/** Rows of a screen, one terminal row each; `>` in the gutter points. */
export function Pane({ rows, paint }: { readonly rows: readonly Row[]; readonly paint: Painter }): ReactElement {
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        // Rows have no identity but their place on the screen.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={index} wrap="truncate-end">
          {paint(row.pointed ? [span('> ', 'heading'), ...row.line] : line('  ', ...row.line))}
        </Text>
      ))}
    </Box>
  )
}
