/** How many keepalived daemons a list of processes shows: each is a parent with a child for every task. */
import type { Host } from '../model/case.ts'
import type { Processes } from '../model/facts.ts'
import { KEEPALIVED, processesNamed } from './keepalived-run.ts'

type Process = Processes['processes'][number]

/** Parent, VRRP, health checkers, BFD: more belong to a second daemon. */
const MOST_OF_ONE = 4

export type Count = 'none' | 'one' | 'several' | 'unclear'

export interface Daemons {
  readonly count: Count
  /** One process of each daemon; where they cannot be told apart, all. */
  readonly shown: readonly Process[]
}

export function daemonsOf(host: Host): Daemons {
  const all = processesNamed(host, KEEPALIVED) as readonly Process[]
  if (all.length === 0) return { count: 'none', shown: [] }
  if (all.every(({ ppid }) => ppid !== undefined)) {
    const pids = new Set(all.map(({ pid }) => pid))
    const parents = all.filter(({ ppid }) => ppid !== undefined && !pids.has(ppid))
    return { count: parents.length > 1 ? 'several' : 'one', shown: parents.length > 0 ? parents : all }
  }
  // Children keep the command line of their parent, unless they are given a name (keepalived_vrrp).
  const lines = new Map<string, Process>()
  for (const running of all)
    if (MAIN.test(running.command) && !lines.has(running.command)) lines.set(running.command, running)
  if (lines.size > 1) return { count: 'several', shown: [...lines.values()] }
  if (all.length > MOST_OF_ONE) return { count: 'several', shown: all }
  return { count: all.length === MOST_OF_ONE ? 'unclear' : 'one', shown: all }
}

/** Each has a configuration, name or network namespace of its own: such daemons are meant to run side by side. */
export function areSeparate({ shown }: Daemons): boolean {
  const own = shown.map(({ command }) => OWN.exec(command)?.[1])
  return (
    shown.length > 1 &&
    own.filter((value) => value !== undefined).length >= shown.length - 1 &&
    new Set(own).size === own.length
  )
}

/** With arguments: a bare name is all that `ps -o comm` shows of any. */
const MAIN = /^(?:\S*\/)?keepalived\s/
const OWN = /\s(?:-f|--use-file=?|-s|--namespace=?|-i|--config-id=?)\s*(\S+)/
