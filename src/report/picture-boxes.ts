/** The topology as boxes on one network line, links between hosts drawn below them. */
import type { ReportTopology, TopologyLink } from '../model/report.ts'
import { Canvas } from './canvas.ts'
import type { Layout } from './layout.ts'
import type { Box } from './picture-place.ts'
import { LEFT, networkOf, placeBoxes } from './picture-place.ts'
import type { Line } from './spans.ts'
import { cut, line, span } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'
import { count, pointer } from './words.ts'

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
  if (topology.nodes.length < 2) return undefined
  const shared = networkOf(topology.nodes)
  const boxes = placeBoxes(topology.nodes, shared, numberOf, nameOf, layout)
  const end = boxes.reduce((most, box) => Math.max(most, box.x + box.width), 0)
  if (end + 1 > layout.width) return undefined
  const hosts = new Set(topology.nodes.map((node) => node.host))
  const drawable = topology.links.filter((link) => link.from !== link.to && hosts.has(link.from) && hosts.has(link.to))
  // With too many links only the broken ones are drawn: they are why one looks at the picture.
  const links = drawable.length <= MOST_LINKS ? drawable : drawable.filter((link) => link.broken)
  if (links.length > MOST_LINKS) return undefined
  const canvas = new Canvas(layout.measure)
  const network = shared === undefined ? '' : `${shared}.x`
  drawBus(canvas, boxes, end, end + 3 + network.length <= layout.width ? network : '')
  const floor = TOP + 2 + Math.max(...boxes.map((box) => box.marks.length))
  for (const box of boxes) drawBox(canvas, box, floor, layout)
  if (!drawLinks(canvas, boxes, links, floor, numberOf, layout)) return undefined
  const left = topology.links.length - links.length
  const rest = left > 0 ? [line('  ', span(`${count(left, 'other link')} not drawn`, 'subdued'))] : []
  return [...canvas.lines(layout.unicode), ...rest]
}

function middleOf(box: Box): number {
  return box.x + Math.floor(box.width / 2)
}

function drawBus(canvas: Canvas, boxes: readonly Box[], end: number, network: string): void {
  canvas.across(LEFT, end, BUS)
  canvas.put(end + 3, BUS, network, 'subdued')
  for (const box of boxes) canvas.down(middleOf(box), BUS, TOP)
  if (boxes.some((box) => box.node.role === 'client')) return
  const centre = Math.floor((LEFT + end) / 2)
  const near = boxes.map(middleOf).find((x) => Math.abs(x - centre) < 4)
  canvas.put((near ?? centre) - 3, BUS - 2, 'clients')
  canvas.down(near ?? centre, BUS - 1, BUS)
}

function drawBox(canvas: Canvas, box: Box, floor: number, layout: Layout): void {
  const right = box.x + box.width - 1
  canvas.across(box.x, right, TOP)
  canvas.across(box.x, right, floor)
  canvas.down(box.x, TOP, floor)
  canvas.down(right, TOP, floor)
  canvas.put(box.x + 2, TOP + 1, box.title, 'heading')
  for (const [index, mark] of box.marks.entries()) {
    const text = cut(mark.text, box.width - 4, layout.measure)
    canvas.put(box.x + 1, TOP + 2 + index, `${mark.bad ? '!' : ' '}${text}`, mark.bad ? 'critical' : 'plain')
  }
  canvas.put(right - 1 - box.numbers.length, floor, box.numbers, 'critical')
}

/** A row per link, each on its own foot under its two boxes. False where a label finds no room. */
function drawLinks(
  canvas: Canvas,
  boxes: readonly Box[],
  links: readonly TopologyLink[],
  floor: number,
  numberOf: NumberOf,
  layout: Layout,
): boolean {
  const used = new Map<string, number>()
  const foot = (host: string): number => {
    const box = boxes.find((one) => one.node.host === host)
    const all = links.filter((link) => link.from === host || link.to === host).length
    const nth = (used.get(host) ?? 0) + 1
    used.set(host, nth)
    const room = (box?.width ?? 0) - 3 - (box?.numbers.length ?? 0)
    return (box?.x ?? 0) + Math.max(1, Math.round((nth * room) / (all + 1)))
  }
  return links.every((link, index) => {
    const y = floor + 1 + index
    const ends = [foot(link.from), foot(link.to)]
    const [left, right] = [Math.min(...ends), Math.max(...ends)]
    const tone = link.broken ? 'critical' : 'plain'
    canvas.across(left, right, y, tone)
    canvas.down(left, floor, y, tone)
    canvas.down(right, floor, y, tone)
    const label = ` ${link.label}${link.broken ? ' -X-' : ''}${pointer(link.finding, numberOf)} `
    const width = layout.measure(label)
    const inside = right - left - 3 >= width
    if (!inside && right + 1 + width > layout.width) return false
    canvas.put(inside ? left + Math.floor((right - left - width) / 2) + 1 : right + 1, y, label, tone)
    return true
  })
}
