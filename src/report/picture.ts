/** The topology, the broken hop marked: boxes where they fit, a list where they do not. */
import type { ReportTopology } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { boxLines } from './picture-boxes.ts'
import { listLines } from './picture-list.ts'
import type { Line } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'

/** Numbers point at causes and open findings; `!` marks what belongs to one. */
export function pictureLines(topology: ReportTopology, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
  return boxLines(topology, numberOf, nameOf, layout) ?? listLines(topology, numberOf, nameOf, layout)
}
