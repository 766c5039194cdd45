/** Judges the arguments of every line of a tree, as keepalived 2.2 does while it reads. */
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { ruleOf } from './arg-rules.ts'
import type { Names } from './names.ts'
import { labelOf } from './node.ts'
import { releasesIn } from './releases.ts'
import { pathOf, Report } from './report.ts'
import { BlockState, type Place } from './rule.ts'
import { type BlockSchema, type Entry, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
import { wholeFault } from './whole-rules.ts'

export interface Judged {
  readonly problems: readonly ConfProblem[]
  /** Blocks that keepalived passes over, for their name or address. */
  readonly skipped: ReadonlySet<ConfNode>
  /** Blocks that it reads and takes out again, for what they lack. */
  readonly removed: ReadonlySet<ConfNode>
}

/** One walk in the order of the text; `columns` finds the wrong word in its line. */
export class Validator {
  readonly #skipped = new Set<ConfNode>()
  readonly #removed = new Set<ConfNode>()
  readonly #names: Names
  readonly #report: Report

  constructor(names: Names, columnOf: (node: ConfNode, word: number) => number) {
    this.#names = names
    this.#report = new Report(columnOf)
  }

  judge(root: readonly ConfNode[]): Judged {
    this.#block(root, ROOT, new BlockState())
    for (const { node, kind, word } of this.#names.undefinedLater())
      this.#report.fault(node, { kind: 'undefined-reference', word, range: kind }, [])
    return { problems: this.#report.problems, skipped: this.#skipped, removed: this.#removed }
  }

  #block(nodes: readonly ConfNode[], schema: BlockSchema, block: BlockState): void {
    const place: Place = { block, names: this.#names }
    const releases = releasesIn(block.node?.keyword ?? '-')
    for (const node of nodes) {
      const entry = schema.known.get(node.keyword)
      // Of a line for other hosts perhaps, nothing is certain.
      if (entry === undefined || node.only !== undefined) continue
      const some = releases?.get(node.keyword)
      if (some !== undefined) this.#report.release(node, some, block)
      const right = this.#line(node, entry, place)
      if (right && schema.whole !== undefined) block.first(`right ${node.keyword}`)
    }
  }

  #line(node: ConfNode, entry: Entry, place: Place): boolean {
    const { block } = place
    const text = entry.inside === undefined ? entry.rule : entry.head
    if (text !== undefined) entry.made ??= ruleOf(text)
    const fault = entry.made === undefined || hasVariable(node) ? undefined : entry.made(node, place)
    if (fault !== undefined) this.#report.fault(node, fault, pathOf(block))
    if (fault?.skips) {
      this.#skipped.add(node)
      return false
    }
    const { children } = node
    if (children === undefined) return fault === undefined && (entry.inside !== undefined || node.args.length > 0)
    if (entry.inside === VALUES) this.#list(node, children, entry, place)
    else if (entry.inside !== undefined) return this.#inner(node, children, entry.inside, block) && fault === undefined
    return fault === undefined
  }

  #inner(node: ConfNode, children: readonly ConfNode[], schema: BlockSchema, outer: BlockState): boolean {
    const state = new BlockState(node, outer)
    this.#block(children, schema, state)
    const fault = wholeFault(schema, state)
    if (fault === undefined) return true
    this.#report.fault(node, fault, pathOf(outer))
    // These are kept as they are.
    if (node.keyword === 'vrrp_instance' || node.keyword === 'UDP_CHECK') return true
    this.#names.forget(node)
    this.#removed.add(node)
    return false
  }

  #list(node: ConfNode, children: readonly ConfNode[], entry: Entry, place: Place): void {
    if (entry.rule === undefined) return
    const rule = ruleOf(entry.rule)
    let right = 0
    for (const line of children) {
      const uncertain = line.only !== undefined || line.keyword.includes('$') || hasVariable(line)
      const fault = uncertain ? undefined : rule(line, place)
      if (fault !== undefined) this.#report.fault(line, fault, [...pathOf(place.block), labelOf(node)])
      else right += 1
    }
    if (right > 0 || !entry.rule.startsWith('!') || node.end === undefined) return
    this.#names.forget(node)
    this.#report.fault(node, { kind: 'incomplete-block', word: 0, range: 'at least one line' }, pathOf(place.block))
  }
}

/** What stays of a variable that nothing defines says nothing about the value. */
function hasVariable({ args }: ConfNode): boolean {
  for (const arg of args) if (arg.includes('$')) return true
  return false
}
