/** Keeps what is wrong with a configuration while its tree is built. */
import type { Unread } from '../../model/evidence.ts'
import type { ConfProblem } from '../../model/facts.ts'
import { blocksThatKnow } from './belongs.ts'
import { type DraftNode, type Frame, labelOf, type Piece, type Surroundings } from './node.ts'
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
  readonly #around: Surroundings
  readonly #stack: readonly Frame[]
  #suggestions = 0

  constructor(around: Surroundings, stack: readonly Frame[]) {
    this.#around = around
    this.#stack = stack
  }

  brace(kind: ConfProblem['kind'], word: string, { at, column }: Piece): void {
    this.#report({ kind, word, at, column })
  }

  /** Judges a keyword that the schema lacks; returns the schema its block would have if it was a slip. */
  unknown(node: DraftNode, inside: BlockSchema): Inside | undefined {
    const { keyword: word, at, column } = node
    if (word.startsWith('$') && node.args[0]?.startsWith('=')) {
      // `$NAME = value`: with a blank before the sign it is no definition (check_definition() in parser.c).
      const value = node.args.join(' ').slice(1).trim()
      this.#report({ kind: 'unknown-keyword', word, at, column, didYouMean: `${word}=${value}`.slice(0, 80) })
      return undefined
    }
    // A variable may hold any keyword.
    const isNone = inside === ROOT && (!LOOKS_LIKE_KEYWORD.test(word) || NOT_OF_THE_FILE.test(word))
    if (word.includes('$') || word.startsWith('~') || isNone) {
      this.#leaveUnread(node)
      return undefined
    }
    const belongs = blocksThatKnow(word)
    const meant = this.#guess(node, inside)
    this.#report({
      kind: 'unknown-keyword',
      word,
      at,
      column,
      ...(meant === undefined ? {} : { didYouMean: meant }),
      ...(belongs.length === 0 ? {} : { belongs }),
    })
    return meant === undefined ? undefined : insideOf(meant, inside)
  }

  /** `nb_get_retry`: `retry` does the same in every checker. */
  obsolete({ keyword: word, at, column }: DraftNode): void {
    this.#report({ kind: 'obsolete-keyword', word, at, column, didYouMean: 'retry' })
  }

  /** Reports every frame of `open` as never closed; `outer` are the frames around the first. */
  missingBraces(open: readonly Frame[], outer: readonly Frame[]): void {
    open.forEach(({ node }, index) => {
      if (node === undefined) return
      const { keyword: word, at, column } = node
      this.#report({ kind: 'missing-closing-brace', word, at, column }, [...outer, ...open.slice(0, index)])
    })
  }

  #report(problem: Omit<ConfProblem, 'within'>, stack = this.#stack): void {
    const within = stack.flatMap((frame) => (frame.node === undefined ? [] : [labelOf(frame.node)]))
    this.problems.push({ ...problem, within })
  }

  #guess(node: DraftNode, inside: BlockSchema): string | undefined {
    if (this.#suggestions >= MOST_SUGGESTIONS) return undefined
    this.#suggestions += 1
    // `virtual _ipaddress {`: a blank has slipped into the keyword.
    const joined = node.args[0] === undefined ? [] : [node.keyword + node.args[0]]
    return suggest([...joined, node.keyword], keywordsOf(inside))
  }

  #leaveUnread({ at }: DraftNode): void {
    const last = this.unread.at(-1)?.at
    if (last?.line === at.line && last.section === at.section) return
    this.unread.push({ at, text: this.#around.lineAt(at) })
  }
}
