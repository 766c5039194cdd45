/** Keeps what is wrong with a configuration while its tree is built. */
import type { Cite, Section, Unread } from '../../model/evidence.ts'
import type { ConfProblem } from '../../model/facts.ts'
import { type DraftNode, type Frame, labelOf } from './node.ts'
import { type BlockSchema, type Inside, insideOf, keywordsOf } from './schema.ts'
import { ROOT } from './schema-root.ts'
import { suggest } from './suggest.ts'

/** Suggestions cost time; nobody reads more of them than this. */
const MOST_SUGGESTIONS = 100
const LOOKS_LIKE_KEYWORD = /^[A-Za-z_][\w-]*$/
/** `cat` and a pager speak between the lines of the files they print. */
const NOT_OF_THE_FILE = /^(?:cat|head|tail|less|more|grep|sudo|bash|sh):?$|^--More--/i

/** Collects problems and unread lines; looks at the builder's stack to say where they are. */
export class Judge {
  readonly problems: ConfProblem[] = []
  readonly unread: Unread[] = []
  readonly #section: Section
  readonly #stack: readonly Frame[]
  #suggestions = 0

  constructor(section: Section, stack: readonly Frame[]) {
    this.#section = section
    this.#stack = stack
  }

  report(kind: ConfProblem['kind'], word: string, at: Cite, didYouMean?: string, stack = this.#stack): void {
    const within = stack.flatMap((frame) => (frame.node === undefined ? [] : [labelOf(frame.node)]))
    this.problems.push({ kind, word, at, within, ...(didYouMean === undefined ? {} : { didYouMean }) })
  }

  /** Judges a keyword that the schema lacks; returns the schema its block would have if it was a slip. */
  unknown(node: DraftNode, inside: BlockSchema): Inside | undefined {
    // A variable may hold any keyword.
    if (node.keyword.includes('$') || node.keyword.startsWith('~')) {
      this.#leaveUnread(node)
      return undefined
    }
    if (inside === ROOT && (!LOOKS_LIKE_KEYWORD.test(node.keyword) || NOT_OF_THE_FILE.test(node.keyword))) {
      this.#leaveUnread(node)
      return undefined
    }
    const meant = this.#guess(node, inside)
    this.report('unknown-keyword', node.keyword, node.at, meant)
    return meant === undefined ? undefined : insideOf(meant, inside)
  }

  /** `nb_get_retry`: `retry` does the same in every checker. */
  obsolete(node: DraftNode): void {
    this.report('obsolete-keyword', node.keyword, node.at, 'retry')
  }

  /** Reports every frame of `open` as never closed; `outer` are the frames around the first. */
  missingBraces(open: readonly Frame[], outer: readonly Frame[]): void {
    open.forEach(({ node }, index) => {
      if (node === undefined) return
      const around = [...outer, ...open.slice(0, index)]
      this.report('missing-closing-brace', node.keyword, node.at, undefined, around)
    })
  }

  #guess(node: DraftNode, inside: BlockSchema): string | undefined {
    if (this.#suggestions >= MOST_SUGGESTIONS) return undefined
    this.#suggestions += 1
    // `virtual _ipaddress {`: a blank has slipped into the keyword.
    const joined = node.args[0] === undefined ? [] : [node.keyword + node.args[0]]
    return suggest([...joined, node.keyword], keywordsOf(inside))
  }

  #leaveUnread(node: DraftNode): void {
    if (this.unread.at(-1)?.at.line === node.at.line) return
    const index = node.at.line - this.#section.firstLine
    this.unread.push({ at: node.at, text: this.#section.lines[index] ?? '' })
  }
}
