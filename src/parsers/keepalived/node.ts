/** Nodes of the configuration tree while they are being built. */
import type { Cite, Section } from '../../model/evidence.ts'
import { citeLine } from '../../model/evidence.ts'
import type { ConfNode } from '../../model/facts.ts'
import type { Inside } from './schema.ts'
import type { Piece } from './words.ts'

/** A `ConfNode` that can still grow. */
export interface DraftNode extends ConfNode {
  children?: DraftNode[]
  end?: Cite
}

export type WordsPiece = Extract<Piece, { kind: 'words' }>

/** An open block on the builder's stack. */
export interface Frame {
  /** undefined: inside a block nobody knows, where nothing can be judged. */
  readonly inside: Inside | undefined
  /** undefined: the top level, or a brace without a keyword. */
  readonly node?: DraftNode
  readonly children: DraftNode[]
  /** The `{` may stand on a later line; missing: other words came first, and keepalived reads the block all the same. */
  brace: 'awaited' | 'seen' | 'missing'
}

/** The words just read, which a `{` may still make a block of. `inside`: the schema that block would have. */
export interface Loose {
  readonly node: DraftNode
  readonly inside: Inside | undefined
  /** keepalived would ignore the brace: here none is expected. */
  readonly wrong: boolean
}

/** Real files nest five deep; beyond this, lines lie flat so that hostile text cannot build a tower. */
export const DEEPEST = 24

/** A node without a block from a run of words. */
export function nodeOf(section: Section, piece: WordsPiece): DraftNode {
  const [keyword, ...args] = piece.words
  return {
    keyword: keyword.text,
    args: args.map((word) => word.text),
    at: citeLine(section, piece.line),
    column: keyword.column,
  }
}

/** `vrrp_instance VI_1`: how a block is named in a path; a hostile name is cut. */
export function labelOf(node: ConfNode): string {
  return [node.keyword, ...node.args.slice(0, 3)].map((word) => word.slice(0, 60)).join(' ')
}
