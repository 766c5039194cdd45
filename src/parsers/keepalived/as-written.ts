/** The tree as its author meant it, and the problems that a reader of it will have. */
import type { Section, Unread } from '../../model/evidence.ts'
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { TreeBuilder } from './tree-builder.ts'
import type { Piece } from './words.ts'

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
export function readAsWritten(section: Section, pieces: readonly Piece[]): WrittenTree {
  const builder = new TreeBuilder(section, pieces)
  for (const piece of pieces) {
    if (piece.kind === 'words') builder.words(piece)
    else if (piece.kind === 'open') builder.open(piece.line)
    else builder.close(piece.line)
  }
  return builder.finish()
}
