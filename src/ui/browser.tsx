import { Box, useInput, useStdin, useStdout } from 'ink'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { Block } from '../report/blocks.ts'
import type { Layout } from '../report/layout.ts'
import type { Painter } from '../report/theme.ts'
import { copyMessage, copyText } from './copy.ts'
import { intentOf } from './keys.ts'
import { Pane } from './pane.tsx'
import type { CloseReason, State } from './state.ts'
import { reduce, START } from './state.ts'
import { StatusBar } from './status-bar.tsx'
import { clipboardSequence, sizeOf } from './terminal.ts'
import { GUTTER, viewOf } from './view.ts'

export interface BrowserProps {
  readonly blocks: readonly Block[]
  /** Its width is replaced by the terminal's. */
  readonly layout: Layout
  readonly paint: Painter
  readonly onClose: (reason: CloseReason, seen: readonly string[]) => void
}

/** The report to walk through. Its frame is one row shorter than the terminal: Ink clears the screen otherwise. */
export function Browser({ blocks, layout, paint, onClose }: BrowserProps): ReactElement {
  const { isRawModeSupported } = useStdin()
  const { stdout, write } = useStdout()
  const [size, setSize] = useState(sizeOf(stdout))
  const [state, setState] = useState<State>(START)
  // Keys may come faster than React renders (a paste, a held arrow): each must see what the one before it did.
  const latest = useRef(state)
  useEffect(() => {
    const resized = (): void => setSize(sizeOf(stdout))
    stdout.on('resize', resized)
    return () => void stdout.off('resize', resized)
  }, [stdout])
  useEffect(() => {
    if (state.closing !== undefined) onClose(state.closing, state.seen)
  }, [state, onClose])

  const problems = blocks.flatMap((block) => (block.kind === 'problem' ? [block.problem] : []))
  const height = size.rows - 2
  const fitted = { ...layout, width: size.columns - GUTTER }
  const view = viewOf(blocks, state, problems, fitted, height)
  useInput(
    (input, key) => {
      const now = latest.current
      const intent = intentOf(input, key, now)
      if (intent === undefined) return
      const copied = intent.do === 'copy' ? copyText(blocks, now, problems) : ''
      if (copied !== '') write(clipboardSequence(copied))
      const action = intent.do === 'copy' ? { do: 'say' as const, message: copyMessage(copied) } : intent
      const shown = viewOf(blocks, now, problems, fitted, height)
      const extent = { problems: problems.length, rows: shown.rows.length, height }
      latest.current = reduce({ ...now, offset: shown.offset }, action, extent)
      setState(latest.current)
    },
    { isActive: isRawModeSupported },
  )
  const end = Math.min(view.rows.length, view.offset + height)
  const scrolled = view.rows.length > height ? `${view.offset + 1}-${end}/${view.rows.length}` : ''
  return (
    <Box flexDirection="column">
      <Pane rows={view.rows.slice(view.offset, end)} paint={paint} />
      <StatusBar
        state={state}
        problems={problems.length}
        position={view.position === '' ? scrolled : view.position}
        columns={size.columns}
        paint={paint}
      />
    </Box>
  )
}
