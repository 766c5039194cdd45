/** Lines that keepalived passes over because of an earlier mistake: those of a block it does not know, those it reads in the wrong one. */
import type { Cite } from '../../model/evidence.ts'
import type { ConfNode, ConfProblem } from '../../model/facts.ts'
import { type LeftOut, type Reader, readAsKeepalived } from './as-read.ts'
import { Names } from './names.ts'
import { CLOSE, OPEN, type Piece } from './node.ts'
import { type Inside, insideOf, kindOf, VALUES } from './schema.ts'
import { ROOT } from './schema-root.ts'
import { Validator } from './validate.ts'

const READERS: readonly Reader[] = ['parent', 'checker', 'vrrp', 'bfd']
/** What makes keepalived lose its way. */
const CAUSES: ReadonlySet<ConfProblem['kind']> = new Set([
  'unknown-keyword',
  'unexpected-brace',
  'extra-closing-brace',
  'missing-closing-brace',
  'missing-opening-brace',
  'unterminated-quote',
])

/** These cost nothing. */
const STILL_READ: ReadonlySet<ConfProblem['kind']> = new Set([
  'deprecated-keyword',
  'obsolete-keyword',
  'version-dependent',
])

/** The problems, those that cost other lines with these lines. `pieces` are the words of the text in order. */
export function withLost(
  problems: readonly ConfProblem[],
  pieces: readonly Piece[],
  leftOut: LeftOut,
): readonly ConfProblem[] {
  const told = problems.filter(({ kind }) => !STILL_READ.has(kind))
  const lost = new Set<string>()
  for (const reader of READERS) {
    const root = readAsKeepalived(pieces, reader, leftOut, ({ at }) => lost.add(placeOf(at)))
    addUnknown(root, ROOT, lost)
    // What has slipped into a list or into another block is judged by what is wanted there.
    const judged = new Validator(new Names(true), ({ column }) => column).judge(root)
    for (const { kind, at } of judged.problems)
      if (!STILL_READ.has(kind)) lost.add(placeOf({ ...at, line: at.last ?? at.line }))
  }
  const named = new Map<string, ConfProblem>()
  for (const problem of told) {
    const place = placeOf(problem.at)
    if (CAUSES.has(problem.kind) || !named.has(place)) named.set(place, problem)
  }
  const loses = new Map<ConfProblem, Cite[]>()
  let cause: ConfProblem | undefined
  for (const { at, keyword } of pieces) {
    const place = placeOf(at)
    const problem = named.get(place)
    if (problem !== undefined && CAUSES.has(problem.kind)) cause = problem
    if (problem !== undefined || cause === undefined || keyword === OPEN || !lost.delete(place)) continue
    const lines = loses.get(cause)
    if (lines === undefined) loses.set(cause, [at])
    else lines.push(at)
  }
  return problems.map((problem) => {
    const lines = loses.get(problem)
    return lines === undefined ? problem : { ...problem, loses: lines }
  })
}

function addUnknown(nodes: readonly ConfNode[], inside: Inside, into: Set<string>): void {
  if (inside === VALUES) return
  for (const { keyword, at, children } of nodes) {
    if (kindOf(keyword, inside) === 'unknown' && keyword !== CLOSE) into.add(placeOf(at))
    if (children !== undefined) addUnknown(children, insideOf(keyword, inside) ?? VALUES, into)
  }
}

function placeOf({ section, line }: Cite): string {
  return `${section}\n${line}`
}
