/** Collects what is wrong with the arguments of a configuration. */
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { labelOf } from './node.ts'
import type { Releases } from './releases.ts'
import { type BlockState, type Fault, wordOf } from './rule.ts'

export class Report {
  readonly problems: ConfProblem[] = []
  readonly #columnOf: (node: ConfNode, word: number) => number
  /** Version-dependent keywords are told once for each kind of block. */
  readonly #told = new Set<string>()

  constructor(columnOf: (node: ConfNode, word: number) => number) {
    this.#columnOf = columnOf
  }

  release(node: ConfNode, releases: Releases, block: BlockState): void {
    const key = `${block.node?.keyword} ${node.keyword}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    const { keyword: word, at, column } = node
    this.problems.push({ kind: 'version-dependent', word, at, column, ...releases, within: pathOf(block) })
  }

  fault(node: ConfNode, fault: Fault, within: readonly string[]): void {
    const { kind, word: index, range, didYouMean, fatal, atEnd } = fault
    const value = index === 0 ? undefined : wordOf(node, index)
    const end = node.end?.section === node.at.section ? node.end : undefined
    this.problems.push({
      kind,
      word: node.keyword,
      at: (kind === 'incomplete-block' || atEnd) && end !== undefined ? { ...node.at, last: end.line } : node.at,
      column: this.#columnOf(node, index),
      ...(value === undefined ? {} : { value }),
      ...(range === undefined ? {} : { range }),
      ...(didYouMean === undefined ? {} : { didYouMean }),
      ...(fatal === undefined ? {} : { fatal }),
      within,
    })
  }
}

/** Labels of the blocks around a line, outermost first. */
export function pathOf(block: BlockState): string[] {
  const path: string[] = []
  for (let at: BlockState | undefined = block; at !== undefined; at = at.outer)
    if (at.node !== undefined) path.unshift(labelOf(at.node))
  return path
}
