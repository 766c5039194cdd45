/** The topology, the broken hop marked: boxes where they fit, a list where they do not. */
import type { ReportTopology, TopologyNode } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { boxLines } from './picture-boxes.ts'
import { listLines } from './picture-list.ts'
import type { Line } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'

/** The way a packet goes. */
const ORDER: readonly TopologyNode['role'][] = ['director', 'real-server', 'client', 'unknown']

/** Numbers point at causes and open findings; `!` marks what belongs to one. */
export function pictureLines(topology: ReportTopology, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
  const nodes = [...topology.nodes].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
  const sorted = { ...topology, nodes }
  return boxLines(sorted, numberOf, nameOf, layout) ?? listLines(sorted, numberOf, nameOf, layout)
}
