import { Static, useApp } from 'ink'
import type { ReactElement } from 'react'
import { useEffect } from 'react'
import type { Block } from '../report/blocks.ts'
import type { Layout } from '../report/layout.ts'
import type { Painter } from '../report/theme.ts'
import { BlockView } from './block-view.tsx'

interface Props {
  readonly blocks: readonly Block[]
  readonly layout: Layout
  readonly paint: Painter
}

/** The whole report, printed once: for a terminal without a keyboard. */
export function Printed({ blocks, layout, paint }: Props): ReactElement {
  const { exit } = useApp()
  // Not at once: Static forgets what it printed in the render that follows, and a frame drawn before would repeat it.
  useEffect(() => {
    const timer = setTimeout(() => exit(), 0)
    return () => clearTimeout(timer)
  }, [exit])
  return (
    <Static items={[...blocks]}>
      {(block, index) => (
        <BlockView key={index} block={block} before={blocks[index - 1]} layout={layout} paint={paint} />
      )}
    </Static>
  )
}
