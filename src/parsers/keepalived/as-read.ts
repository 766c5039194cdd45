/** The tree as keepalived takes it: what counts when asking what a configuration does. */
import type { Section } from '../../model/evidence.ts'
import { citeLine } from '../../model/evidence.ts'
import type { ConfNode } from '../../model/facts.ts'
import { DEEPEST, type DraftNode, nodeOf } from './node.ts'
import { type Inside, insideOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
import type { Piece } from './words.ts'

interface Level {
  readonly inside: Inside
  readonly node?: DraftNode
  readonly children: DraftNode[]
}

/**
 * Follows keepalived's process_stream(): a `{` after a keyword that takes no block is ignored, but its `}` still ends
 * the block around it. So after `virtual _ipaddress { … }` the rest of the instance is read as top level, and is lost.
 */
export function readAsKeepalived(section: Section, pieces: readonly Piece[]): readonly ConfNode[] {
  const top: Level = { inside: ROOT, children: [] }
  const stack: Level[] = []
  for (const piece of pieces) {
    const level = stack.at(-1) ?? top
    if (piece.kind === 'close') {
      const closed = stack.pop()
      if (closed?.node !== undefined) closed.node.end = citeLine(section, piece.line)
    } else if (piece.kind === 'words') {
      const node = nodeOf(section, piece)
      level.children.push(node)
      const inside = level.inside === VALUES ? undefined : insideOf(node.keyword, level.inside)
      if (inside !== undefined && stack.length < DEEPEST) {
        node.children = []
        stack.push({ inside, node, children: node.children })
      }
    }
  }
  return top.children
}
