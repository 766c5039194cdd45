/** The topology as a list: for one host, or more than fit side by side. */
import type { ReportTopology } from '../model/report.ts'
import type { Layout } from './layout.ts'
import { linkLines } from './picture-links.ts'
import { marksOf } from './picture-place.ts'
import type { Line, Span } from './spans.ts'
import { cut, pad, span } from './spans.ts'
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
    const role = pad(ROLE_WORD[node.role], roles, measure)
    const name = pad(nameOf(node.host), names, measure)
    const head = `  ${role}  ${name}  ${pad(node.address ?? '', addresses, measure)}`
    const marks = marksOf(node).map((mark) =>
      mark.bad ? span(`!${mark.text}${pointer(mark.finding, numberOf)}`, 'critical') : span(mark.text),
    )
    return flow(head, marks, layout)
  })
  return [...hosts, ...linkLines(topology.links, numberOf, nameOf, layout)]
}

/** A head, then pieces set off by commas, going on below the first of them (or below the head) where the line is full. */
function flow(head: string, pieces: readonly Span[], layout: Layout): Line[] {
  const { measure, width } = layout
  if (pieces.length === 0) return [[span(cut(head.trimEnd(), width, measure))]]
  const beside = measure(head) + 2 <= width / 2
  const indent = beside ? measure(head) + 2 : 4
  const rows: Span[][] = beside
    ? [[span(`${head}  `)]]
    : [[span(cut(head.trimEnd(), width, measure))], [span(' '.repeat(indent))]]
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
