/** Where the boxes of the picture stand, and what is written in them. */
import type { TopologyNode } from '../model/report.ts'
import type { Layout } from './layout.ts'
import type { Measure } from './measure.ts'
import { cut, pad } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'
import { ROLE_WORD } from './words.ts'

export const LEFT = 2
const LEAST_GAP = 2
const MOST_GAP = 8
const WIDEST = 26
/** Columns for the network's name at the end of the line that the boxes hang on. */
const NETWORK_ROOM = 20

export interface Box {
  readonly node: TopologyNode
  readonly x: number
  /** Outer width. */
  readonly width: number
  readonly title: string
  readonly marks: TopologyNode['marks']
  /** Numbers of the causes that its bad marks belong to: `1,3`. */
  readonly numbers: string
}

/** First three numbers of the addresses, where every host has an IPv4 address and they share them. */
export function networkOf(nodes: readonly TopologyNode[]): string | undefined {
  const prefixes = nodes.map((node) => /^(\d+\.\d+\.\d+)\.\d+$/.exec(node.address ?? '')?.[1])
  return new Set(prefixes).size === 1 ? prefixes[0] : undefined
}

/** Boxes from left to right, as far apart (up to a limit) as the width allows: links are labelled in between. */
export function placeBoxes(
  nodes: readonly TopologyNode[],
  shared: string | undefined,
  numberOf: NumberOf,
  nameOf: NameOf,
  layout: Layout,
): Box[] {
  const sized = nodes.map((node) => sizeBox(node, shared, numberOf, nameOf, layout.measure))
  const sum = sized.reduce((total, box) => total + box.width, LEFT)
  const spare = Math.floor((layout.width - NETWORK_ROOM - sum) / Math.max(1, nodes.length - 1))
  const gap = Math.max(LEAST_GAP, Math.min(MOST_GAP, spare))
  let x = LEFT
  return sized.map((box) => {
    const placed = { ...box, x }
    x += box.width + gap
    return placed
  })
}

function sizeBox(
  node: TopologyNode,
  shared: string | undefined,
  numberOf: NumberOf,
  nameOf: NameOf,
  measure: Measure,
): Omit<Box, 'x'> {
  const address = cut((node.address ?? '').slice(shared?.length ?? 0), WIDEST - 10, measure)
  const name = cut(nameOf(node.host), WIDEST - measure(address) - 2, measure)
  const marks = node.marks.length > 0 ? node.marks : [{ text: ROLE_WORD[node.role], bad: false, finding: null }]
  const wanted = [measure(name) + 2 + measure(address), ...marks.map((mark) => measure(mark.text))]
  const inner = Math.min(WIDEST, Math.max(...wanted))
  const found = marks.flatMap((mark) => (mark.finding === null ? [] : (numberOf.get(mark.finding) ?? [])))
  return {
    node,
    width: inner + 4,
    title: pad(name, inner - measure(address), measure) + address,
    marks,
    numbers: [...new Set(found)].join(','),
  }
}
