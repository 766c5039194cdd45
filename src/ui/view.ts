/** State -> the rows of a screen, made of the same blocks and lines as the text report. */
import type { Block, Problem } from '../report/blocks.ts'
import type { Layout } from '../report/layout.ts'
import { joins, linesOf } from '../report/lines.ts'
import type { Line } from '../report/spans.ts'
import { fold, line, span, textOf } from '../report/spans.ts'
import type { State } from './state.ts'

/** Columns to the left of every row, where `>` points. */
export const GUTTER = 2

export interface Row {
  readonly line: Line
  /** The list entry or the match that the cursor is on. */
  readonly pointed: boolean
}

export interface View {
  readonly rows: readonly Row[]
  /** First row to show. */
  readonly offset: number
  /** `match 2 of 5`; '' outside of find. */
  readonly position: string
}

/** The blocks of a screen, from those of the whole report; a screen that can be scrolled shows its block in full. */
export function blocksOf(blocks: readonly Block[], state: State, problems: readonly Problem[]): readonly Block[] {
  const chosen = problems[state.selected]
  const shown = blocks.filter((block, index) => {
    if (state.screen === 'find') return true
    if (state.screen === 'problem') return block.kind === 'problem' && block.problem === chosen
    if (state.screen === 'topology') return block.kind === 'picture'
    if (state.screen === 'gaps') return block.kind === 'gaps'
    return block.kind !== 'problem' && block.kind !== 'table' && (block.kind !== 'verdict' || index === 0)
  })
  const whole = state.screen === 'problem' || state.screen === 'gaps'
  return whole ? shown.map((block) => ('all' in block ? { ...block, all: true } : block)) : shown
}

/** Rows that fit the width one to one (a long command takes several), and where to start so that the cursor is seen. */
export function viewOf(
  blocks: readonly Block[],
  state: State,
  problems: readonly Problem[],
  layout: Layout,
  height: number,
): View {
  const rows: Row[] = []
  let before: Block | undefined
  for (const block of blocksOf(blocks, state, problems)) {
    if (!joins(before, block)) rows.push({ line: [], pointed: false })
    if (block.kind === 'list' && state.screen === 'home') rows.push(...listRows(block, state, problems, layout))
    else for (const built of linesOf(block, layout)) rows.push(...folded(built, layout))
    before = block
  }
  if (rows.length === 0) rows.push({ line: line(span('nothing to show here', 'subdued')), pointed: false })
  if (state.screen === 'find') return findView(rows, state, height)
  const offset = state.screen === 'home' && state.follow ? follow(rows, state.offset, height) : state.offset
  return { rows, offset: Math.max(0, Math.min(offset, rows.length - height)), position: '' }
}

function folded(built: Line, layout: Layout): Row[] {
  return fold(built, layout.width, layout.measure).map((row) => ({ line: row, pointed: false }))
}

function listRows(
  block: Extract<Block, { kind: 'list' }>,
  state: State,
  problems: readonly Problem[],
  layout: Layout,
): Row[] {
  return block.problems.flatMap((problem) => {
    const rows = linesOf({ kind: 'list', problems: [problem] }, layout).flatMap((built) => folded(built, layout))
    return rows.map((row, index) => ({ ...row, pointed: index === 0 && problem === problems[state.selected] }))
  })
}

/** The offset moved just as far as it must for the pointed row to be on the screen. */
function follow(rows: readonly Row[], offset: number, height: number): number {
  const at = rows.findIndex((row) => row.pointed)
  if (at === -1) return offset
  return Math.max(at - height + 1, Math.min(offset, at))
}

function findView(rows: readonly Row[], state: State, height: number): View {
  const wanted = state.query.toLowerCase()
  const hits =
    wanted === '' ? [] : rows.flatMap((row, index) => (textOf(row.line).toLowerCase().includes(wanted) ? [index] : []))
  const nth = hits.length === 0 ? 0 : state.match % hits.length
  const at = hits[nth]
  const position = wanted === '' ? '' : hits.length === 0 ? 'no match' : `match ${nth + 1} of ${hits.length}`
  if (at === undefined) return { rows, offset: 0, position }
  const offset = Math.max(0, Math.min(at - Math.floor(height / 3), rows.length - height))
  return { rows: rows.map((row, index) => ({ ...row, pointed: index === at })), offset, position }
}
