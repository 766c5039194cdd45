/** What a rule about the arguments of a keyword is, and what it may find. */
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import type { Names } from './names.ts'

/** Something wrong with one line. */
export interface Fault {
  readonly kind: ConfProblem['kind']
  /** Which word: 0 is the first of the line. */
  readonly word: number
  readonly range?: string
  readonly didYouMean?: string
  /** keepalived stops reading here. */
  readonly fatal?: true
  /** keepalived leaves the whole block out. */
  readonly skips?: true
  /** Told when the block is closed. */
  readonly atEnd?: true
}

/** The block a line stands in, while it is judged line by line. */
export class BlockState {
  readonly node: ConfNode | undefined
  readonly outer: BlockState | undefined
  /** 4 or 6: what the first address of an instance or a service has decided. */
  family?: 4 | 6
  #once: Set<string> | undefined
  #notes: Map<string, string> | undefined

  constructor(node?: ConfNode, outer?: BlockState) {
    this.node = node
    this.outer = outer
  }

  /** True the first time only. */
  first(key: string): boolean {
    this.#once ??= new Set()
    if (this.#once.has(key)) return false
    this.#once.add(key)
    return true
  }

  had(key: string): boolean {
    return this.#once?.has(key) === true
  }

  /** What a line has said that a later one depends on. */
  note(key: string, value: string): void {
    this.#notes ??= new Map()
    this.#notes.set(key, value)
  }

  noted(key: string): string | undefined {
    return this.#notes?.get(key)
  }
}

export interface Place {
  readonly block: BlockState
  readonly names: Names
}

export type Rule = (node: ConfNode, place: Place) => Fault | undefined

/** The words of a line: keyword first. */
export function wordOf(node: ConfNode, index: number): string | undefined {
  return index === 0 ? node.keyword : node.args[index - 1]
}

export function missing(word: number): Fault {
  return { kind: 'missing-argument', word, fatal: true }
}

/** keepalived complains, ignores the line and goes on. */
export function lacking(word: number): Fault {
  return { kind: 'missing-argument', word }
}

export function invalid(word: number, range?: string): Fault {
  return { kind: 'invalid-value', word, ...(range === undefined ? {} : { range }) }
}

export function tooLong(word: number, most: number): Fault {
  return { kind: 'too-long', word, range: `at most ${most} characters` }
}
