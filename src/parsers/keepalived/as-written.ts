/** The tree as its author meant it, and the problems that a reader of it will have. */
import type { Section, Unread } from '../../model/evidence.ts'
import { citeLine } from '../../model/evidence.ts'
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { Judge } from './judge.ts'
import { DEEPEST, type DraftNode, type Frame, nodeOf, type WordsPiece } from './node.ts'
import { reopenBlock, surplusOf, unwindTo } from './recover.ts'
import { type Inside, insideOf, kindOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
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

/** The words just read, which a `{` may still make a block of. `inside`: the schema that block would have. */
interface Loose {
  readonly node: DraftNode
  readonly inside: Inside | undefined
  /** keepalived would ignore the brace: here none is expected. */
  readonly wrong: boolean
}

/**
 * Builds the tree. Braces are believed unless a keyword shows that one is missing or one is too many (see recover.ts).
 * Unlike keepalived, this does not lose its way after an unknown block, so each problem is reported once, where it is.
 */
export function readAsWritten(section: Section, pieces: readonly Piece[]): WrittenTree {
  const builder = new Builder(section, pieces)
  for (const piece of pieces) {
    if (piece.kind === 'words') builder.words(piece)
    else if (piece.kind === 'open') builder.open(piece.line)
    else builder.close(piece.line)
  }
  return builder.finish()
}

class Builder {
  readonly #section: Section
  readonly #stack: [Frame, ...Frame[]] = [{ inside: ROOT, children: [], awaitsBrace: false }]
  readonly #judge: Judge
  #surplus: number
  #blocks = 0
  #loose: Loose | undefined
  #closed: { readonly frame: Frame; readonly line: number } | undefined

  constructor(section: Section, pieces: readonly Piece[]) {
    this.#section = section
    this.#surplus = surplusOf(pieces)
    this.#judge = new Judge(section, this.#stack)
  }

  words(piece: WordsPiece): void {
    // keepalived complains of the missing '{' and reads on as if it had been there.
    this.#top().awaitsBrace = false
    const node = nodeOf(this.#section, piece)
    this.#recover(node.keyword)
    this.#closed = undefined
    const { inside, children } = this.#top()
    children.push(node)
    this.#loose = { node, inside: undefined, wrong: false }
    if (inside === undefined || inside === VALUES) return
    const kind = kindOf(node.keyword, inside)
    if (kind === 'block' || kind === 'list') {
      this.#push(node, insideOf(node.keyword, inside), true)
      this.#loose = undefined
    } else if (kind === 'unknown') {
      this.#loose = { node, inside: this.#judge.unknown(node, inside), wrong: false }
    } else {
      if (kind === 'obsolete') this.#judge.obsolete(node)
      this.#loose = { node, inside: undefined, wrong: true }
    }
  }

  open(line: number): void {
    const loose = this.#loose
    this.#loose = undefined
    const top = this.#top()
    if (top.awaitsBrace) {
      top.awaitsBrace = false
      if (this.#stack.length === 2) this.#blocks += 1
    } else {
      if (loose === undefined || loose.wrong) this.#judge.report('unexpected-brace', '{', citeLine(this.#section, line))
      if (loose === undefined) this.#stack.push({ ...top })
      else this.#push(loose.node, loose.inside, false)
    }
  }

  close(line: number): void {
    this.#loose = undefined
    const frame = this.#stack.length > 1 ? this.#stack.pop() : undefined
    const at = citeLine(this.#section, line)
    if (frame === undefined) {
      this.#judge.report('extra-closing-brace', '}', at)
      this.#surplus += 1
    } else {
      if (frame.node !== undefined) frame.node.end = at
      this.#closed = { frame, line }
    }
  }

  finish(): WrittenTree {
    const open = this.#stack.slice(1)
    if (this.#section.whole) this.#judge.missingBraces(open, this.#stack)
    const { problems, unread } = this.#judge
    const balanced = open.length === 0 && !problems.some((problem) => problem.kind.endsWith('-closing-brace'))
    return { root: this.#stack[0].children, problems, unread, blocks: this.#blocks, balanced }
  }

  #top(): Frame {
    return this.#stack.at(-1) ?? this.#stack[0]
  }

  #push(node: DraftNode, inside: Inside | undefined, awaitsBrace: boolean): void {
    const flat = this.#stack.length > DEEPEST
    if (!flat) node.children ??= []
    const children = flat ? this.#top().children : (node.children ?? [])
    this.#stack.push({ inside, children, awaitsBrace, ...(flat ? {} : { node }) })
  }

  #recover(keyword: string): void {
    if (this.#surplus > 0) {
      const depth = unwindTo(this.#stack, keyword, this.#section.whole)
      const missing = depth === undefined ? [] : this.#stack.slice(depth)
      if (depth === undefined || missing.length > this.#surplus) return
      this.#judge.missingBraces(missing, this.#stack.slice(0, depth))
      this.#stack.length = depth
      this.#surplus -= missing.length
    } else if (this.#surplus < 0 && this.#closed !== undefined) {
      if (!reopenBlock(this.#top(), this.#closed.frame, keyword)) return
      this.#judge.report('extra-closing-brace', '}', citeLine(this.#section, this.#closed.line))
      this.#stack.push(this.#closed.frame)
      this.#surplus += 1
    }
  }
}
