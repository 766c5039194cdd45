/** The topology as boxes on their networks, links between hosts drawn below them. */
import type { ReportTopology, TopologyNode } from '../model/report.ts'
import { Canvas } from './canvas.ts'
import type { Layout } from './layout.ts'
import { drawLinks } from './picture-draw-links.ts'
import { isBundled, linkLines } from './picture-links.ts'
import type { Box } from './picture-place.ts'
import { LEFT, placeBoxes } from './picture-place.ts'
import type { Line } from './spans.ts'
import { cut, line } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'

const MOST_LINKS = 6
const BUS = 2
const TOP = BUS + 2

/** Undefined where boxes do not fit the width, or there is nothing to set side by side. */
export function boxLines(
  topology: ReportTopology,
  numberOf: NumberOf,
  nameOf: NameOf,
  layout: Layout,
): Line[] | undefined {
  const boxed = topology.nodes.filter(needsBox)
  if (boxed.length < 2) return undefined
  const boxes = placeBoxes(boxed, numberOf, nameOf, layout)
  const end = boxes.reduce((most, box) => Math.max(most, box.x + box.width), 0)
  if (end + 1 > layout.width) return undefined
  const hosts = new Set(boxed.map((node) => node.host))
  const drawn = topology.links.filter(
    (link) => link.from !== link.to && hosts.has(link.from) && hosts.has(link.to) && !isBundled(link, topology.links),
  )
  if (drawn.length > MOST_LINKS) return undefined
  const others = topology.nodes.filter((node) => !needsBox(node))
  const canvas = new Canvas(layout.measure)
  drawNetworks(
    canvas,
    boxes,
    others.filter((node) => node.role === 'client'),
    nameOf,
    layout,
  )
  const floor = TOP + 1 + Math.max(...boxes.map((box) => box.rows.length))
  for (const box of boxes) drawBox(canvas, box, floor)
  if (!drawLinks(canvas, boxes, drawn, floor, numberOf, layout)) return undefined
  const rest = topology.links.filter((link) => !drawn.includes(link))
  const aside = others.filter((node) => node.role !== 'client').map((node) => named(node, nameOf))
  return [
    ...canvas.lines(layout.unicode),
    ...linkLines(rest, numberOf, nameOf, layout),
    ...(aside.length > 0 ? [line('  ', cut(`also seen: ${aside.join(', ')}`, layout.width - 2, layout.measure))] : []),
  ]
}

/** Clients and hosts without a part in the cluster are named beside the picture, unless something is wrong with them. */
function needsBox(node: TopologyNode): boolean {
  return node.role === 'director' || node.role === 'real-server' || node.marks.some((mark) => mark.bad)
}

function named(node: TopologyNode, nameOf: NameOf): string {
  return node.address === null ? nameOf(node.host) : `${nameOf(node.host)} ${node.address}`
}

function middleOf(box: Box): number {
  return box.x + Math.floor(box.width / 2)
}

/** A line per network over the boxes that are in it, side by side; clients come in on the first. */
function drawNetworks(
  canvas: Canvas,
  boxes: readonly Box[],
  clients: readonly TopologyNode[],
  nameOf: NameOf,
  layout: Layout,
): void {
  const runs: Box[][] = []
  for (const box of boxes) {
    const run = runs.at(-1)
    if (run?.[0]?.network === box.network) run.push(box)
    else runs.push([box])
  }
  for (const [index, run] of runs.entries()) {
    const start = run[0]?.x ?? LEFT
    const end = (run.at(-1)?.x ?? 0) + (run.at(-1)?.width ?? 0)
    canvas.across(start, end - 1, BUS)
    for (const box of run) canvas.down(middleOf(box), BUS, TOP)
    const name = run[0]?.network === '' ? '' : `${run[0]?.network}.x`
    const centre = Math.floor((start + end) / 2)
    const drop = run.map(middleOf).find((x) => Math.abs(x - centre) < 4) ?? centre
    if (index === 0) {
      const who = cut(
        clients.length === 0 ? 'clients' : clients.map((node) => named(node, nameOf)).join(', '),
        layout.width - 4,
        layout.measure,
      )
      canvas.put(Math.max(LEFT, drop - Math.floor(layout.measure(who) / 2)), BUS - 2, who)
      canvas.down(drop, BUS - 1, BUS)
    }
    const beside = runs.length === 1 && end + 2 + name.length <= layout.width
    if (beside) canvas.put(end + 2, BUS, name, 'subdued')
    else canvas.put(index === 0 ? drop + 2 : start, BUS - 1, name, 'subdued')
  }
}

function drawBox(canvas: Canvas, box: Box, floor: number): void {
  const right = box.x + box.width - 1
  canvas.across(box.x, right, TOP)
  canvas.across(box.x, right, floor)
  canvas.down(box.x, TOP, floor)
  canvas.down(right, TOP, floor)
  for (const [index, row] of box.rows.entries()) canvas.put(box.x + 1, TOP + 1 + index, row.text, row.tone)
  canvas.put(right - 1 - box.numbers.length, floor, box.numbers, 'critical')
}
