/** Lines that keepalived complains of, told by its own way of reading, consequences of an earlier mistake included. */
import type { ConfNode, ConfProblem } from '../../../src/model/facts.ts'
import { type Reader, readAsKeepalived } from '../../../src/parsers/keepalived/as-read.ts'
import { cutText } from '../../../src/parsers/keepalived/lines.ts'
import { Names } from '../../../src/parsers/keepalived/names.ts'
import type { Piece } from '../../../src/parsers/keepalived/node.ts'
import { type Inside, insideOf, kindOf, VALUES } from '../../../src/parsers/keepalived/schema.ts'
import { ROOT } from '../../../src/parsers/keepalived/schema-root.ts'
import { Validator } from '../../../src/parsers/keepalived/validate.ts'
import { sectionOf } from '../section.ts'

/** In the order in which `keepalived --config-test` runs them. */
const READERS: readonly Reader[] = ['parent', 'checker', 'vrrp', 'bfd']

/** Line numbers in order, each once: keywords that no process of keepalived knows. */
export function lostLines(text: string): number[] {
  const { pieces } = cutText({ section: sectionOf(text) })
  return inOrder(READERS.flatMap((reader) => unknownIn(judged(pieces, reader).root, ROOT)))
}

export interface Complaint {
  readonly line: number
  /** `unknown-keyword` or a kind of problem. */
  readonly kind: ConfProblem['kind']
  readonly word: string
}

/** All complaints that have a line, until a missing argument ends the program. */
export function complaintsOf(text: string): readonly Complaint[] {
  const { pieces, faults, unresolved } = cutText({ section: sectionOf(text) }, undefined, 'testhost')
  const found: Complaint[] = faults.map(({ kind, at, word }) => ({ kind, line: at.line, word }))
  const names = new Names(unresolved.length > 0)
  for (const reader of READERS) {
    const { root, problems } = judged(pieces, reader, names)
    const lines = problems.filter((problem) => problem.kind !== 'version-dependent' && isJudgedBy(reader, problem))
    const end = Math.min(...lines.filter(({ fatal }) => fatal).map(({ at }) => at.line))
    const unknown = unknownIn(root, ROOT).map((line): Complaint => ({ line, kind: 'unknown-keyword', word: '' }))
    const told = lines.map(({ kind, at, word }): Complaint => ({ line: at.last ?? at.line, kind, word }))
    found.push(...[...told, ...unknown].filter(({ line }) => line <= end))
    if (Number.isFinite(end)) break
  }
  return found
}

/** What several processes read, one of them judges: globals the parent, a bfd_instance its own but for the weight. */
function isJudgedBy(reader: Reader, { kind, word, within: [block = ''] }: ConfProblem): boolean {
  // The instance it names is one that only this process has read.
  if (word === 'lvs_sync_daemon' && kind === 'undefined-reference') return reader === 'vrrp'
  if (block.startsWith('bfd_instance')) return word === 'weight' ? reader === 'vrrp' : reader === 'bfd'
  return block !== '' || ROOT.known.get(word)?.kind !== 'word' || reader === 'parent'
}

/** Blocks that keepalived passes over are known only once they are judged: then the text is read again without them. */
function judged(pieces: readonly Piece[], reader: Reader, names = new Names(true)): ReaderJudged {
  const heads: ConfProblem[] = []
  const skipped = new Set<Piece>()
  for (;;) {
    const root = readAsKeepalived(pieces, reader, { skipped, removed: new Set() })
    const result = new Validator(new Names(names.incomplete), ({ column }) => column).judge(root)
    const found = new Set([...result.skipped].map(placeOf))
    if (found.size === 0) return { root, problems: [...heads, ...result.problems] }
    heads.push(...result.problems.filter((problem) => found.has(placeOf(problem))))
    for (const piece of pieces) if (found.has(placeOf(piece))) skipped.add(piece)
  }
}

interface ReaderJudged {
  readonly root: readonly ConfNode[]
  readonly problems: readonly ConfProblem[]
}

function placeOf({ at, column }: Pick<ConfProblem, 'at' | 'column'>): string {
  return `${at.line} ${column}`
}

export function inOrder(lines: readonly number[]): number[] {
  return [...new Set(lines)].sort((a, b) => a - b)
}

function unknownIn(nodes: readonly ConfNode[], inside: Inside): number[] {
  if (inside === VALUES) return []
  return nodes.flatMap((node) => {
    const kind = kindOf(node.keyword, inside)
    const below = unknownIn(node.children ?? [], insideOf(node.keyword, inside) ?? VALUES)
    return kind === 'unknown' || kind === 'obsolete' ? [node.at.line, ...below] : below
  })
}
