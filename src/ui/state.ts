/** What the report screen shows, and how keys change it. Plain data: no Ink, no terminal. */

export type Screen = 'home' | 'problem' | 'topology' | 'gaps' | 'find'

export type CloseReason = 'quit' | 'interrupted'

export interface State {
  readonly screen: Screen
  /** Which problem of the list, from 0. */
  readonly selected: number
  /** First row shown. */
  readonly offset: number
  /** The list entry that is selected must be on the screen: after a move, but not after paging. */
  readonly follow: boolean
  readonly query: string
  /** The next characters belong to the query. */
  readonly typing: boolean
  /** Which match of the query, from 0; wraps round. */
  readonly match: number
  readonly message: string
  /** Screens and problems (`problem:0`) that were open: they stay in the scrollback. */
  readonly seen: readonly string[]
  readonly closing?: CloseReason
}

export type Action =
  | { readonly do: 'move'; readonly by: number }
  | { readonly do: 'turn'; readonly by: number }
  | { readonly do: 'page'; readonly by: number }
  | { readonly do: 'open'; readonly screen: Screen }
  | { readonly do: 'query'; readonly query: string; readonly typing: boolean }
  | { readonly do: 'next-match' }
  | { readonly do: 'say'; readonly message: string }
  | { readonly do: 'close'; readonly reason: CloseReason }

/** How much there is to move in. */
export interface Extent {
  readonly problems: number
  /** Rows of the screen that is open, and how many of them fit. */
  readonly rows: number
  readonly height: number
}

export const START: State = {
  screen: 'home',
  selected: 0,
  offset: 0,
  follow: true,
  query: '',
  typing: false,
  match: 0,
  message: '',
  seen: ['home'],
}

export function reduce(state: State, action: Action, extent: Extent): State {
  const quiet = { ...state, message: '' }
  switch (action.do) {
    case 'move': {
      const selected = within(state.selected + action.by, extent.problems)
      const chooses = state.screen === 'home' && extent.problems > 0 && selected !== state.selected
      // Past either end of the list the screen scrolls on.
      return chooses ? { ...quiet, selected, follow: true } : scroll(quiet, action.by, extent)
    }
    case 'turn': {
      const selected = within(state.selected + action.by, extent.problems)
      return state.screen === 'problem' ? show({ ...quiet, selected }, 'problem') : { ...quiet, selected }
    }
    case 'page':
      return scroll(quiet, action.by * Math.max(1, extent.height - 1), extent)
    case 'open':
      return action.screen === 'problem' && extent.problems === 0 ? quiet : show(quiet, action.screen)
    case 'query':
      return { ...quiet, query: action.query, typing: action.typing, match: 0 }
    case 'next-match':
      return { ...quiet, typing: false, match: state.typing ? 0 : state.match + 1 }
    case 'say':
      return { ...state, message: action.message }
    case 'close':
      return { ...quiet, closing: action.reason }
  }
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}

function scroll(state: State, by: number, extent: Extent): State {
  const last = Math.max(0, extent.rows - extent.height)
  return { ...state, follow: false, offset: Math.max(0, Math.min(last, state.offset + by)) }
}

function show(state: State, screen: Screen): State {
  const key = screen === 'problem' ? `problem:${state.selected}` : screen
  const seen = state.seen.includes(key) ? state.seen : [...state.seen, key]
  return {
    ...state,
    screen,
    offset: 0,
    follow: true,
    seen,
    ...(screen === 'find' ? { typing: true, query: '', match: 0 } : { typing: false }),
  }
}
