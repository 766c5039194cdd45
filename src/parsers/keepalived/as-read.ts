/** The tree as keepalived takes it: what counts when asking what a configuration does. */
import type { ConfNode } from '../../model/facts.ts'
import { CLOSE, DEEPEST, type DraftNode, nodeOf, OPEN, type Piece } from './node.ts'
import { type Inside, insideOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'

/** keepalived's children read the file one after another, each its own blocks. */
export type Reader = 'vrrp' | 'checker'

const CHECKER_BLOCKS = new Set(['SSL', 'virtual_server_group', 'virtual_server'])
const VRRP_BLOCKS =
  /^(?:vrrp_(?:instance|sync_group|script|track_process)|static_\w+|\w+_group|linkbeat_interfaces|interface_up_down_delays)$/

interface Level {
  readonly inside: Inside
  readonly node: DraftNode
  readonly children: DraftNode[]
}

/**
 * Follows process_stream() of keepalived 2: a `{` after a keyword that takes no block is ignored, but its `}` still
 * ends the block around it. So after `virtual _ipaddress { … }` the rest of the instance is read as top level, and is
 * lost. Blocks of the other child are skipped by counting braces: one unclosed there swallows all that follows.
 */
export function readAsKeepalived(pieces: readonly Piece[], reader: Reader): readonly ConfNode[] {
  const root: DraftNode[] = []
  const stack: Level[] = []
  let skipping: number | 'unopened' | undefined
  for (const piece of pieces) {
    if (skipping !== undefined) {
      skipping = stillSkipping(skipping, piece)
      // The skipped keyword had no block: this line is read again, as the next one.
      if (skipping !== undefined || piece.keyword === OPEN || piece.keyword === CLOSE) continue
    }
    if (piece.keyword === CLOSE) {
      const closed = stack.pop()
      if (closed !== undefined) closed.node.end = piece.at
    } else if (piece.keyword !== OPEN) {
      const node = nodeOf(piece)
      const { inside, children } = stack.at(-1) ?? { inside: ROOT, children: root }
      children.push(node)
      const block = inside === VALUES ? undefined : insideOf(node.keyword, inside)
      if (block === undefined || stack.length >= DEEPEST) continue
      if (inside === ROOT && isOthers(node.keyword, reader)) {
        skipping = 'unopened'
      } else {
        node.children = []
        stack.push({ inside: block, node, children: node.children })
      }
    }
  }
  return root
}

function isOthers(keyword: string, reader: Reader): boolean {
  if (CHECKER_BLOCKS.has(keyword)) return reader === 'vrrp'
  return reader === 'checker' && VRRP_BLOCKS.test(keyword)
}

function stillSkipping(depth: number | 'unopened', piece: Piece): number | 'unopened' | undefined {
  if (depth === 'unopened') return piece.keyword === OPEN ? 1 : undefined
  if (piece.keyword !== OPEN && piece.keyword !== CLOSE) return depth
  const left = piece.keyword === OPEN ? depth + 1 : depth - 1
  return left === 0 ? undefined : left
}
