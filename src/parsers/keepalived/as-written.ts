/** The tree as its author meant it, and the problems that a reader of it will have. */
import type { Unread } from '../../model/evidence.ts'
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { CLOSE, type DraftNode, OPEN, type Surroundings } from './node.ts'
import { TreeBuilder } from './tree-builder.ts'

export interface WrittenTree {
  readonly root: readonly ConfNode[]
  readonly problems: readonly ConfProblem[]
  readonly unread: readonly Unread[]
  /** Known top-level blocks that were opened. */
  readonly blocks: number
  /** Every brace found its partner. */
  readonly balanced: boolean
}

/**
 * Builds the tree. Braces are believed unless a keyword shows that one is missing or one is too many (see recover.ts).
 * Unlike keepalived, this does not lose its way after an unknown block, so each problem is reported once, where it is.
 */
export function readAsWritten(around: Surroundings, pieces: readonly DraftNode[]): WrittenTree {
  const builder = new TreeBuilder(around, pieces)
  for (const piece of pieces) {
    if (piece.keyword === OPEN) builder.open(piece)
    else if (piece.keyword === CLOSE) builder.close(piece)
    else builder.words(piece)
  }
  return builder.finish()
}
