/** Links between boxes as lines. */
import type { TopologyLink } from '../model/report.ts'
import type { Canvas } from './canvas.ts'
import type { Layout } from './layout.ts'
import type { Box } from './picture-place.ts'
import type { NumberOf } from './words.ts'
import { pointer } from './words.ts'

/** A row per link below `floor`, each on its own foot under its two boxes. False where a label finds no room. */
export function drawLinks(
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
