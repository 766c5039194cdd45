/** Which brace is missing or too many, told from a keyword that stands where it cannot. */
import { CLOSE, type Frame, OPEN, type Piece } from './node.ts'
import { kindOf, VALUES } from './schema.ts'

/** Opening braces without a partner in the whole text; negative: closing braces too many. */
export function surplusOf(pieces: readonly Piece[]): number {
  let surplus = 0
  for (const piece of pieces) surplus += piece.keyword === OPEN ? 1 : piece.keyword === CLOSE ? -1 : 0
  return surplus
}

/**
 * Stack depth at which a keyword belongs, when it does not belong here but further out: then the blocks above lack
 * their `}`. undefined: it stands right, or nobody knows it. Of a text that was cut off, open blocks are no surprise,
 * so only a top-level block inside another block counts.
 */
export function unwindTo(stack: readonly Frame[], keyword: string, whole: boolean): number | undefined {
  const inside = stack.at(-1)?.inside
  if (inside === undefined || stack.length < 2) return undefined
  const inList = inside === VALUES
  if (!inList && kindOf(keyword, inside) !== 'unknown') return undefined
  for (let depth = stack.length - 1; depth > 0; depth--) {
    if (!whole && depth > 1) continue
    const outer = stack[depth - 1]?.inside
    if (outer === undefined || outer === VALUES) continue
    const kind = kindOf(keyword, outer)
    const opens = kind === 'block' || kind === 'list'
    // Names in a list are free: only a keyword that opens a block is telling there, and at the top level.
    if (opens || (kind === 'word' && !inList && depth > 1)) return depth
  }
  return undefined
}

/** Does a keyword that nobody knows here belong into the block that was closed just before? Then its `}` is too many. */
export function reopenBlock(here: Frame, closed: Frame, keyword: string): boolean {
  if (here.inside === undefined || here.inside === VALUES || closed.inside === undefined) return false
  if (closed.inside === VALUES || closed.node === undefined) return false
  return kindOf(keyword, here.inside) === 'unknown' && kindOf(keyword, closed.inside) !== 'unknown'
}
