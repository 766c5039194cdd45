/** The text report: every block's lines, an empty line between blocks. */
import type { Severity } from '../model/check.ts'
import type { Report } from '../model/report.ts'
import { toBlocks } from './blocks.ts'
import { loadLayout } from './layout.ts'
import { joins, linesOf } from './lines.ts'
import { plainDeep } from './safe.ts'
import { loadPainter } from './theme.ts'

export interface TextOptions {
  /** Columns; 0 or anything below 40 counts as 80. */
  readonly width: number
  readonly colour: boolean
  /** Box drawing in the picture; false is safe everywhere. */
  readonly unicode: boolean
  readonly all: boolean
  readonly minSeverity: Severity
}

/** The whole report for a terminal or a pipe, ending in a newline. */
export async function renderText(report: Report, options: TextOptions): Promise<string> {
  const safe = plainDeep(report)
  const layout = await loadLayout(safe, options)
  const paint = await loadPainter(options.colour)
  const blocks = toBlocks(safe, options)
  let out = ''
  for (const [index, block] of blocks.entries()) {
    if (!joins(blocks[index - 1], block)) out += '\n'
    for (const row of linesOf(block, layout)) out += `${paint(row)}\n`
  }
  return out
}
