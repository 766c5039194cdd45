import { Text } from 'ink'
import type { ReactElement } from 'react'
import { cut, span } from '../report/spans.ts'
import type { Painter } from '../report/theme.ts'
import type { State } from './state.ts'

interface Props {
  readonly state: State
  /** Problems in the list. */
  readonly problems: number
  /** `1-20/45`, `match 2 of 5`, or ''. */
  readonly position: string
  readonly columns: number
  readonly paint: Painter
}

const OTHERS = 't map  n unchecked  / find'

/** The last row: what the keys do here, or the answer to the last key. */
export function StatusBar({ state, problems, position, columns, paint }: Props): ReactElement {
  const text =
    state.message === '' ? `${hints(state, problems)}${position === '' ? '' : `  (${position})`}` : state.message
  return (
    <Text wrap="truncate-end">
      {paint([
        span(
          cut(text, columns, (one) => one.length),
          'subdued',
        ),
      ])}
    </Text>
  )
}

function hints(state: State, problems: number): string {
  if (state.screen === 'find') {
    return state.typing
      ? `find: ${state.query}_  Enter search  Esc back`
      : `find: ${state.query}  Enter next  / again  Esc back  q quit`
  }
  const copy = problems > 0 || state.screen === 'gaps' ? '  c copy' : ''
  if (state.screen === 'home') return `${problems > 0 ? 'arrows  Enter open  ' : ''}${OTHERS}${copy}  q quit`
  return `Esc back  ${state.screen === 'problem' && problems > 1 ? 'left/right other  ' : ''}${OTHERS}${copy}  q quit`
}
