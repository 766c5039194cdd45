/** The topology, the broken hop marked: boxes where they fit, a list where they do not. */
import type { ReportTopology, TopologyLink, TopologyNode } from '../model/report.ts'
import type { Layout } from './layout.ts'
import type { Line, Span } from './spans.ts'
import { line, pad, span } from './spans.ts'
import type { NameOf } from './words.ts'

/** Number of the cause or open finding that a finding belongs to. */
export type NumberOf = ReadonlyMap<string, number>

const ROLE_WORD: Readonly<Record<TopologyNode['role'], string>> = {
  director: 'director',
  'real-server': 'real server',
  client: 'client',
  unknown: 'host',
}

export function pictureLines(topology: ReportTopology, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
  return listLines(topology, numberOf, nameOf, layout)
}

/** ` [1]`: points at the cause with that number. */
function pointer(finding: string | null, numberOf: NumberOf): string {
  const number = finding === null ? undefined : numberOf.get(finding)
  return number === undefined ? '' : ` [${number}]`
}

/** One host a line, its marks beside it; then the links. */
function listLines(topology: ReportTopology, numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
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
  const links = topology.links.map((link) => linkLine(link, numberOf, nameOf))
  return [...hosts, ...links]
}

function markSpan(mark: TopologyNode['marks'][number], numberOf: NumberOf): Span {
  return mark.bad ? span(`!${mark.text}${pointer(mark.finding, numberOf)}`, 'critical') : span(mark.text)
}

function linkLine(link: TopologyLink, numberOf: NumberOf, nameOf: NameOf): Line {
  const between = `  ${nameOf(link.from)} ${link.broken ? '-X-' : '---'} ${nameOf(link.to)}  `
  return line(between, span(`${link.label}${pointer(link.finding, numberOf)}`, link.broken ? 'critical' : 'subdued'))
}

/** A head, then pieces set off by commas, going on below the first of them where the line is full. */
function flow(head: string, pieces: readonly Span[], layout: Layout): Line[] {
  const { measure, width } = layout
  const indent = measure(head) + 2
  const rows: Span[][] = [[span(head)]]
  let used = indent - 2
  for (const piece of pieces) {
    const row = rows.at(-1) ?? []
    const first = used === indent - 2
    const columns = measure(piece.text) + 2
    if (first || used + columns <= width) {
      row.push(span(first ? '  ' : ', '), piece)
      used += columns
    } else {
      rows.push([span(' '.repeat(indent)), piece])
      used = indent + columns - 2
    }
  }
  return rows
}
