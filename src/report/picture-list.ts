/** The topology as a list: for one host, or more than fit side by side. */
import type { ReportTopology, TopologyLink, TopologyNode } from '../model/report.ts'
import type { Layout } from './layout.ts'
import type { Line, Span } from './spans.ts'
import { cut, line, pad, span } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'
import { pointer, ROLE_WORD } from './words.ts'

/** One host a line, its marks beside it; then the links. */
export function listLines(topology: ReportTopology, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
  const { measure } = layout
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, measure(text)), 0)
  const roles = widest(topology.nodes.map((node) => ROLE_WORD[node.role]))
  const names = widest(topology.nodes.map((node) => nameOf(node.host)))
  const addresses = widest(topology.nodes.map((node) => node.address ?? ''))
  const hosts = topology.nodes.flatMap((node) => {
    const head = `  ${pad(ROLE_WORD[node.role], roles, measure)}  ${pad(nameOf(node.host), names, measure)}  ${pad(node.address ?? '', addresses, measure)}`
    return flow(
      head,
      node.marks.map((mark) => markSpan(mark, numberOf)),
      layout,
    )
  })
  const links = topology.links.map((link) => linkLine(link, numberOf, nameOf, layout))
  return [...hosts, ...links]
}

function markSpan(mark: TopologyNode['marks'][number], numberOf: NumberOf): Span {
  return mark.bad ? span(`!${mark.text}${pointer(mark.finding, numberOf)}`, 'critical') : span(mark.text)
}

function linkLine(link: TopologyLink, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line {
  const between = `  ${nameOf(link.from)} ${link.broken ? '-X-' : '---'} ${nameOf(link.to)}  `
  const label = cut(
    `${link.label}${pointer(link.finding, numberOf)}`,
    layout.width - layout.measure(between),
    layout.measure,
  )
  return line(between, span(label, link.broken ? 'critical' : 'subdued'))
}

/** A head, then pieces set off by commas, going on below the first of them (or below the head) where the line is full. */
function flow(head: string, pieces: readonly Span[], layout: Layout): Line[] {
  const { measure, width } = layout
  const beside = measure(head) + 2 <= width / 2
  if (pieces.length === 0) return [[span(cut(head, width, measure))]]
  const indent = beside ? measure(head) + 2 : 4
  const rows: Span[][] = beside
    ? [[span(`${head}  `)]]
    : [[span(cut(head, width, measure))], [span(' '.repeat(indent))]]
  let used = indent
  for (const piece of pieces) {
    const text = cut(piece.text, width - indent, measure)
    const columns = measure(text)
    if (used > indent && used + 2 + columns > width) {
      rows.push([span(' '.repeat(indent))])
      used = indent
    }
    const separator = used > indent ? ', ' : ''
    rows.at(-1)?.push(span(separator), { text, tone: piece.tone })
    used += separator.length + columns
  }
  return rows
}
