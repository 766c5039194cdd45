/** What stays in the scrollback when the screen closes: the verdict, the list, and whatever was opened. */
import type { Block } from '../report/blocks.ts'
import type { Layout } from '../report/layout.ts'
import { joins, linesOf } from '../report/lines.ts'
import type { Painter } from '../report/theme.ts'

/** In the order of the report, whatever the order of looking. Ends in a newline. */
export function seenText(blocks: readonly Block[], seen: readonly string[], layout: Layout, paint: Painter): string {
  let problem = -1
  const kept = blocks.filter((block) => {
    if (block.kind === 'problem') problem += 1
    return wasSeen(block, problem, seen)
  })
  let out = ''
  for (const [index, block] of kept.entries()) {
    if (!joins(kept[index - 1], block)) out += '\n'
    for (const row of linesOf(block, layout)) out += `${paint(row)}\n`
  }
  return out
}

function wasSeen(block: Block, problem: number, seen: readonly string[]): boolean {
  if (seen.includes('find')) return true
  if (block.kind === 'problem') return seen.includes(`problem:${problem}`)
  return block.kind !== 'table'
}
