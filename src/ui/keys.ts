/** Keys -> actions. */
import type { Key } from 'ink'
import type { Action, State } from './state.ts'

/** `copy` leaves the screen for the clipboard, so the browser itself sees to it. */
export type Intent = Action | { readonly do: 'copy' }

const LETTERS: Readonly<Record<string, Intent>> = {
  q: { do: 'close', reason: 'quit' },
  t: { do: 'open', screen: 'topology' },
  n: { do: 'open', screen: 'gaps' },
  '/': { do: 'open', screen: 'find' },
  c: { do: 'copy' },
  b: { do: 'open', screen: 'home' },
  j: { do: 'move', by: 1 },
  k: { do: 'move', by: -1 },
  l: { do: 'turn', by: 1 },
  h: { do: 'turn', by: -1 },
  ' ': { do: 'page', by: 1 },
}

/** Undefined for keys that mean nothing here. */
export function intentOf(input: string, key: Key, state: State): Intent | undefined {
  if (key.ctrl && input === 'c') return { do: 'close', reason: 'interrupted' }
  if (key.escape) return { do: 'open', screen: 'home' }
  if (key.upArrow) return { do: 'move', by: -1 }
  if (key.downArrow) return { do: 'move', by: 1 }
  if (key.pageUp) return { do: 'page', by: -1 }
  if (key.pageDown) return { do: 'page', by: 1 }
  if (key.return) return state.screen === 'find' ? { do: 'next-match' } : { do: 'open', screen: 'problem' }
  if (state.typing) return typed(input, key, state)
  if (key.leftArrow) return { do: 'turn', by: -1 }
  if (key.rightArrow) return { do: 'turn', by: 1 }
  if (key.backspace || key.delete) return { do: 'open', screen: 'home' }
  return key.ctrl || key.meta ? undefined : LETTERS[input]
}

function typed(input: string, key: Key, state: State): Intent | undefined {
  if (key.backspace || key.delete) return { do: 'query', query: [...state.query].slice(0, -1).join(''), typing: true }
  const text = input.replace(/[\u0000-\u001f\u007f]/g, '')
  return key.ctrl || key.meta || text === '' ? undefined : { do: 'query', query: state.query + text, typing: true }
}
