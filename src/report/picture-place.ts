/** Where the boxes of the picture stand, and what is written in them. */
import type { TopologyNode } from '../model/report.ts'
import type { Layout } from './layout.ts'
import type { Measure } from './measure.ts'
import type { Tone } from './spans.ts'
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
  /** What stands in it, from the column beside the border on: `!` or a blank, then the text. */
  readonly rows: readonly { readonly text: string; readonly tone: Tone }[]
  /** Numbers of the causes that its bad marks belong to: `1,3`. */
  readonly numbers: string
  /** `10.0.0`, or '' where the address is not known. */
  readonly network: string
}

/** Marks of a host, each once. */
export function marksOf(node: TopologyNode): TopologyNode['marks'] {
  return [...new Map(node.marks.map((mark) => [JSON.stringify([mark.text, mark.bad]), mark])).values()]
}

/** First three numbers of an IPv4 address; '' where there is none. */
export function networkOf(node: TopologyNode): string {
  return /^(\d+\.\d+\.\d+)\.\d+$/.exec(node.address ?? '')?.[1] ?? ''
}

/** Boxes from left to right, as far apart (up to a limit) as the width allows: links are labelled in between. */
export function placeBoxes(
  nodes: readonly TopologyNode[],
  numberOf: NumberOf,
  nameOf: NameOf,
  layout: Layout,
): readonly Box[] {
  const networks = new Set(nodes.map(networkOf))
  const shared = networks.size === 1 && !networks.has('')
  const sized = nodes.map((node) => sizeBox(node, shared, numberOf, nameOf, layout.measure))
  const sum = sized.reduce((total, box) => total + box.width, LEFT)
  const spare = Math.floor((layout.width - (shared ? NETWORK_ROOM : 0) - sum) / Math.max(1, nodes.length - 1))
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
  shared: boolean,
  numberOf: NumberOf,
  nameOf: NameOf,
  measure: Measure,
): Omit<Box, 'x'> {
  const known = marksOf(node)
  const marks = known.length > 0 ? known : [{ text: ROLE_WORD[node.role], bad: false, finding: null }]
  const network = networkOf(node)
  // In one network the last number tells the hosts apart; otherwise the address has a row of its own.
  const short = shared ? (node.address ?? '').slice(network.length) : ''
  const address = shared || node.address === null ? [] : [cut(node.address, WIDEST, measure)]
  const name = cut(nameOf(node.host), WIDEST - short.length - 2, measure)
  const head = measure(name) + (short === '' ? 0 : 2 + short.length)
  const texts = [...address, ...marks.map((mark) => mark.text)]
  const inner = Math.min(WIDEST, Math.max(head, ...texts.map(measure)))
  const found = marks.flatMap((mark) => (mark.finding === null ? [] : (numberOf.get(mark.finding) ?? [])))
  return {
    node,
    width: inner + 4,
    rows: [
      { text: ` ${pad(name, inner - short.length, measure)}${short}`, tone: 'heading' },
      ...address.map((text) => ({ text: ` ${text}`, tone: 'plain' as const })),
      ...marks.map((mark) => ({
        text: `${mark.bad ? '!' : ' '}${cut(mark.text, inner, measure)}`,
        tone: mark.bad ? ('critical' as const) : ('plain' as const),
      })),
    ],
    numbers: [...new Set(found)].join(','),
    network,
  }
}
