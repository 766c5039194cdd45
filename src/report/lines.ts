/** Block -> lines. The text printer and the screens call this and nothing below it. */
import type { Block } from './blocks.ts'
import type { Layout } from './layout.ts'
import { gapLines } from './lines-gaps.ts'
import { problemLines } from './lines-problem.ts'
import { rehearsalLines } from './lines-rehearsal.ts'
import { noteLines, passedLines, remarkLines, tableLines, unreadLines } from './lines-rest.ts'
import { listItem, verdictFirst, verdictLast } from './lines-verdict.ts'
import { wireLines } from './lines-wire.ts'
import { pictureLines } from './picture.ts'
import type { Line } from './spans.ts'
import { fold } from './spans.ts'

/** The lines of one block, at most `layout.width` columns each (commands excepted: they stay whole). */
export function linesOf(block: Block, layout: Layout): readonly Line[] {
  // The builders lay out for 60 columns and more; on a narrower screen the odd line is folded rather than lost.
  return build(block, layout).flatMap((row) =>
    row.some((piece) => piece.tone === 'command') ? [row] : fold(row, layout.width, layout.measure),
  )
}

function build(block: Block, layout: Layout): readonly Line[] {
  switch (block.kind) {
    case 'verdict':
      return block.place === 'first'
        ? verdictFirst(block.report, block.problems, layout)
        : verdictLast(block.report, block.problems, layout)
    case 'list':
      return block.problems.flatMap((problem) => listItem(problem, layout))
    case 'picture':
      return pictureLines(block.report.topology, block.numberOf, block.nameOf, layout)
    case 'remarks':
      return remarkLines(block.hosts, layout)
    case 'problem':
      return problemLines(block.problem, block.nameOf, layout, block.all)
    case 'notes':
      return noteLines(block.notes, block.hidden, block.nameOf, layout)
    case 'rehearsal':
      return rehearsalLines(block.rehearsal, block.nameOf, layout)
    case 'packets':
      return wireLines(block.view, layout)
    case 'gaps':
      return gapLines(block.gaps, block.total, block.nameOf, layout, block.all)
    case 'passed':
      return passedLines(block.report, block.all)
    case 'table':
      return tableLines(block.report, block.nameOf, layout)
    case 'unread':
      return unreadLines(block.unread, layout, block.all)
  }
}

/** Does this block follow the one before it without an empty line? */
export function joins(before: Block | undefined, block: Block): boolean {
  if (before === undefined) return true
  if (block.kind === 'list') return before.kind === 'verdict'
  return block.kind === 'table' && before.kind === 'passed'
}
