/** Nodes of the configuration tree while they are being built. */
import type { Cite } from '../../model/evidence.ts'
import type { ConfNode } from '../../model/facts.ts'
import type { Inside } from './schema.ts'

/** A `ConfNode` that can still grow. */
export interface DraftNode extends ConfNode {
  children?: DraftNode[]
  end?: Cite
}

/** A run of words up to a brace or the end of the line, or the brace itself: then its keyword is the brace. */
export type Piece = ConfNode

export const OPEN = '{'
export const CLOSE = '}'

export interface Surroundings {
  /** The end of the text is its end: what is open there was never closed. */
  readonly whole: boolean
  /** Text of the line a cite names. */
  lineAt(at: Piece['at']): string
}

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

/** A node without a block from a run of words: a tree of its own can grow on it. */
export function nodeOf({ keyword, args, at, column, only }: Piece): DraftNode {
  return only === undefined ? { keyword, args, at, column } : { keyword, args, at, column, only }
}

/** `vrrp_instance VI_1`: how a block is named in a path; a hostile name is cut. */
export function labelOf(node: ConfNode): string {
  return [node.keyword, ...node.args.slice(0, 3)].map((word) => word.slice(0, 60)).join(' ')
}

/** Line and column of a node. */
export function placeOf({ at, column }: ConfNode): Cite {
  return { ...at, column }
}
