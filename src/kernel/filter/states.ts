/** Sets of packet states: how many ways the packet can look at one rule, kept small. */
import type { PacketState } from './packet.ts'

/** More different marks than this at once, and the mark counts as not known. */
const MOST = 8

export type States = ReadonlyMap<string, PacketState>

/** No packet gets here. */
export const NOWHERE: States = new Map()

export function stateKey(state: PacketState): string {
  return `${state.ctstate ?? '?'} ${state.mark ?? '?'}`
}

export function statesOf(state: PacketState): States {
  return new Map([[stateKey(state), state]])
}

export function statesKey(states: States): string {
  return states.size === 1 ? (states.keys().next().value ?? '') : [...states.keys()].sort().join(',')
}

/** Union. Gives up on the mark rather than grow: a rule that asks for it then cannot be decided, which stays honest. */
export function joinStates(a: States, b: States): States {
  if (a.size === 0 || a === b) return b
  if (b.size === 0) return a
  const joined = new Map([...a, ...b])
  if (joined.size <= MOST) return joined
  const widened = [...joined.values()].map((state) => ({ ...state, mark: undefined }))
  return new Map(widened.map((state) => [stateKey(state), state]))
}
