/** Builds the tree of a configuration as written, piece by piece. */
import type { WrittenTree } from './as-written.ts'
import { Judge } from './judge.ts'
import { CLOSE, DEEPEST, type DraftNode, type Frame, type Loose, OPEN, type Piece, type Surroundings } from './node.ts'
import { reopenBlock, surplusOf, unwindTo } from './recover.ts'
import { type Inside, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
import { INCLUDE } from './words.ts'

/** Keeps the open blocks. One call for every piece, in order, then `finish`. */
export class TreeBuilder {
  readonly #around: Surroundings
  readonly #stack: [Frame, ...Frame[]] = [{ inside: ROOT, children: [], brace: 'seen' }]
  readonly #judge: Judge
  #top: Frame = this.#stack[0]
  #surplus: number
  #blocks = 0
  /** Braces opened beyond the deepest block that is kept. */
  #buried = 0
  #loose: Loose | undefined
  #closed: { readonly frame: Frame; readonly piece: Piece } | undefined

  constructor(around: Surroundings, pieces: readonly Piece[]) {
    this.#around = around
    this.#surplus = surplusOf(pieces)
    this.#judge = new Judge(around, this.#stack)
  }

  words(node: DraftNode): void {
    // keepalived complains of the missing '{' and reads on as if it had been there.
    if (this.#top.brace === 'awaited') {
      this.#top.brace = 'missing'
      this.#judge.brace('missing-opening-brace', this.#top.node?.keyword ?? '', node)
    }
    if (this.#surplus !== 0) this.#recover(node.keyword)
    this.#closed = undefined
    const { inside, children } = this.#top
    children.push(node)
    this.#loose = undefined
    if (inside === undefined || inside === VALUES || this.#stack.length > DEEPEST) {
      // A line of a list never has a block.
      this.#loose = { node, inside: undefined, wrong: inside === VALUES }
      return
    }
    const entry = inside.known.get(node.keyword)
    if (entry?.inside !== undefined) this.#push(node, entry.inside, 'awaited')
    else if (entry === undefined && !INCLUDE.test(node.keyword))
      this.#loose = { node, inside: this.#judge.unknown(node, inside), wrong: false }
    else {
      if (entry?.kind === 'obsolete') this.#judge.obsolete(node)
      this.#loose = { node, inside: undefined, wrong: true }
    }
  }

  open(piece: Piece): void {
    const loose = this.#loose
    this.#loose = undefined
    if (this.#top.brace === 'awaited') {
      this.#top.brace = 'seen'
      if (this.#stack.length === 2) this.#blocks += 1
    } else if (this.#stack.length > DEEPEST) {
      this.#buried += 1
    } else {
      if (loose === undefined || loose.wrong) this.#judge.brace('unexpected-brace', OPEN, piece)
      if (loose === undefined) this.#enter({ inside: this.#top.inside, children: this.#top.children, brace: 'seen' })
      else this.#push(loose.node, loose.inside, 'seen')
    }
  }

  close(piece: Piece): void {
    this.#loose = undefined
    if (this.#buried > 0) {
      this.#buried -= 1
      return
    }
    if (this.#stack.length === 1 || this.#top.brace !== 'seen') {
      // Of a block whose '{' is missing, that has been said.
      if (this.#stack.length === 1 || this.#top.brace === 'awaited')
        this.#judge.brace('extra-closing-brace', CLOSE, piece)
      this.#surplus += 1
    }
    const frame = this.#stack.length === 1 ? undefined : this.#stack.pop()
    this.#top = this.#stack.at(-1) ?? this.#stack[0]
    if (frame !== undefined) {
      if (frame.node !== undefined) frame.node.end = piece.at
      this.#closed = { frame, piece }
    }
  }

  finish(): WrittenTree {
    const open = this.#stack.slice(1)
    const unclosed = open.filter((frame) => frame.brace === 'seen')
    if (this.#around.whole) this.#judge.missingBraces(unclosed, [])
    const { problems, unread } = this.#judge
    const balanced = open.length === 0 && !problems.some(({ kind }) => /^(?:missing|extra)-\w+-brace$/.test(kind))
    return { root: this.#stack[0].children, problems, unread, blocks: this.#blocks, balanced }
  }

  #push(node: DraftNode, inside: Inside | undefined, brace: Frame['brace']): void {
    node.children ??= []
    this.#enter({ inside, node, children: node.children, brace })
  }

  #enter(frame: Frame): void {
    this.#stack.push(frame)
    this.#top = frame
  }

  #recover(keyword: string): void {
    if (this.#surplus > 0) {
      const depth = unwindTo(this.#stack, keyword, this.#around.whole)
      const missing = depth === undefined ? [] : this.#stack.slice(depth)
      if (depth === undefined || missing.length > this.#surplus) return
      this.#judge.missingBraces(missing, this.#stack.slice(0, depth))
      this.#stack.length = depth
      this.#top = this.#stack.at(-1) ?? this.#stack[0]
      this.#surplus -= missing.length
    } else if (this.#closed !== undefined) {
      if (!reopenBlock(this.#top, this.#closed.frame, keyword)) return
      this.#judge.brace('extra-closing-brace', CLOSE, this.#closed.piece)
      this.#enter(this.#closed.frame)
      this.#surplus += 1
    }
  }
}
