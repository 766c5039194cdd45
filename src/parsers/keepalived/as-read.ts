/** The tree as keepalived takes it: what counts when asking what a configuration does. */
import type { ConfNode } from '../../model/facts.ts'
import { CLOSE, DEEPEST, type DraftNode, nodeOf, OPEN, type Piece } from './node.ts'
import { type Inside, insideOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'

/** keepalived's processes read the file one after another, each its own blocks. */
export type Reader = 'parent' | 'checker' | 'vrrp' | 'bfd'

/** Blocks and root keywords, and who reads them; the others skip them by counting braces. */
const READERS: readonly (readonly [RegExp, readonly Reader[]])[] = [
  [/^(?:SSL|virtual_server_group|virtual_server)$/, ['checker']],
  [/^(?:vrrp_(?:instance|sync_group|script|track_process)|static_\w+|\w+_group|linkbeat_interfaces)$/, ['vrrp']],
  [/^interface_up_down_delays$/, ['vrrp']],
  [/^(?:vrrp_)?track_file$/, ['checker', 'vrrp']],
  [/^bfd_instance$/, ['checker', 'vrrp', 'bfd']],
]
const GLOBAL = ['parent'] as const

/** Pieces that head a block which keepalived passes over, or takes out again once it is read. */
export interface LeftOut {
  readonly skipped: ReadonlySet<ConfNode>
  readonly removed: ReadonlySet<ConfNode>
}

const NOTHING: LeftOut = { skipped: new Set(), removed: new Set() }

interface Level {
  readonly inside: Inside
  readonly node: DraftNode
  readonly children: DraftNode[]
  /** A block of the process that reads. */
  readonly own: boolean
}

/**
 * Follows process_stream() of keepalived 2: a `{` after a keyword that takes no block is ignored, but its `}` still
 * ends the block around it. So after `virtual _ipaddress { … }` the rest of the instance is read as top level, and is
 * lost. Blocks of the other child are skipped by counting braces: one unclosed there swallows all that follows.
 * `surplus` is told each `}` that closes nothing.
 */
export function readAsKeepalived(
  pieces: readonly Piece[],
  reader: Reader,
  { skipped, removed }: LeftOut = NOTHING,
  surplus?: (brace: Piece) => void,
): readonly ConfNode[] {
  const root: DraftNode[] = []
  const stack: Level[] = []
  /** How many braces are open in what is passed over; a level: its first is still to come. */
  let skipping: number | Level | undefined
  for (const piece of pieces) {
    if (piece.keyword === OPEN) {
      if (skipping !== undefined) skipping = typeof skipping === 'number' ? skipping + 1 : 1
      continue
    }
    if (typeof skipping === 'number') {
      if (piece.keyword === CLOSE) skipping -= 1
      if (skipping === 0) skipping = undefined
      continue
    }
    if (skipping !== undefined) {
      // The skipped keyword had no brace. A process knows the keywords of its own blocks only: there it reads on inside.
      if (skipping.own && skipping.inside !== VALUES) stack.push(skipping)
      skipping = undefined
    }
    if (piece.keyword === CLOSE) {
      const closed = stack.pop()
      if (closed !== undefined) closed.node.end = piece.at
      else surplus?.(piece)
      continue
    }
    const node = nodeOf(piece)
    const { inside, children } = stack.at(-1) ?? { inside: ROOT, children: root }
    const block = inside === VALUES ? undefined : insideOf(node.keyword, inside)
    const own = block === undefined || inside !== ROOT || !isOthers(node.keyword, reader)
    const level = { inside: block ?? VALUES, node, children: [], own }
    // Left out for its name or address: skip_block() in parser.c.
    if (!own || skipped.has(piece)) {
      skipping = level
      continue
    }
    if (!removed.has(piece)) children.push(node)
    if (block === undefined || stack.length >= DEEPEST) continue
    node.children = level.children
    stack.push(level)
  }
  return root
}

function isOthers(keyword: string, reader: Reader): boolean {
  const readers: readonly Reader[] = READERS.find(([words]) => words.test(keyword))?.[1] ?? GLOBAL
  return !readers.includes(reader)
}
