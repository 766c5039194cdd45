/** Builds the tree of a configuration as written, piece by piece. */
import { citeLine, type Section } from '../../model/evidence.ts'
import type { WrittenTree } from './as-written.ts'
import { Judge } from './judge.ts'
import { DEEPEST, type DraftNode, type Frame, type Loose, nodeOf, type WordsPiece } from './node.ts'
import { reopenBlock, surplusOf, unwindTo } from './recover.ts'
import { type Inside, insideOf, kindOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
import type { Piece } from './words.ts'

/** Keeps the open blocks. One call for every piece, in order, then `finish`. */
export class TreeBuilder {
  readonly #section: Section
  readonly #stack: [Frame, ...Frame[]] = [{ inside: ROOT, children: [], brace: 'seen' }]
  readonly #judge: Judge
  #surplus: number
  #blocks = 0
  /** Braces opened beyond the deepest block that is kept. */
  #buried = 0
  #loose: Loose | undefined
  #closed: { readonly frame: Frame; readonly line: number } | undefined

  constructor(section: Section, pieces: readonly Piece[]) {
    this.#section = section
    this.#surplus = surplusOf(pieces)
    this.#judge = new Judge(section, this.#stack)
  }

  words(piece: WordsPiece): void {
    // keepalived complains of the missing '{' and reads on as if it had been there.
    if (this.#top().brace === 'awaited') this.#top().brace = 'missing'
    const node = nodeOf(this.#section, piece)
    this.#recover(node.keyword)
    this.#closed = undefined
    const { inside, children } = this.#top()
    children.push(node)
    this.#loose = { node, inside: undefined, wrong: false }
    if (inside === undefined || inside === VALUES || this.#stack.length > DEEPEST) return
    const kind = kindOf(node.keyword, inside)
    if (kind === 'block' || kind === 'list') {
      this.#push(node, insideOf(node.keyword, inside), 'awaited')
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
    if (top.brace === 'awaited') {
      top.brace = 'seen'
      if (this.#stack.length === 2) this.#blocks += 1
    } else if (this.#stack.length > DEEPEST) {
      this.#buried += 1
    } else {
      if (loose === undefined || loose.wrong) this.#judge.report('unexpected-brace', '{', citeLine(this.#section, line))
      if (loose === undefined) this.#stack.push({ inside: top.inside, children: top.children, brace: 'seen' })
      else this.#push(loose.node, loose.inside, 'seen')
    }
  }

  close(line: number): void {
    this.#loose = undefined
    if (this.#buried > 0) {
      this.#buried -= 1
      return
    }
    const at = citeLine(this.#section, line)
    if (this.#stack.length === 1 || this.#top().brace !== 'seen') {
      this.#judge.report('extra-closing-brace', '}', at)
      this.#surplus += 1
    }
    const frame = this.#stack.length === 1 ? undefined : this.#stack.pop()
    if (frame !== undefined) {
      if (frame.node !== undefined) frame.node.end = at
      this.#closed = { frame, line }
    }
  }

  finish(): WrittenTree {
    const open = this.#stack.slice(1)
    const unclosed = open.filter((frame) => frame.brace === 'seen')
    if (this.#section.whole) this.#judge.missingBraces(unclosed, [])
    const { problems, unread } = this.#judge
    const balanced = open.length === 0 && !problems.some((problem) => problem.kind.endsWith('-closing-brace'))
    return { root: this.#stack[0].children, problems, unread, blocks: this.#blocks, balanced }
  }

  #top(): Frame {
    return this.#stack.at(-1) ?? this.#stack[0]
  }

  #push(node: DraftNode, inside: Inside | undefined, brace: Frame['brace']): void {
    node.children ??= []
    this.#stack.push({ inside, node, children: node.children, brace })
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
