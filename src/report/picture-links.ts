/** Links between hosts in words: those alike in one line. */
import type { TopologyLink } from '../model/report.ts'
import type { Layout } from './layout.ts'
import type { Line } from './spans.ts'
import { cut, line, span } from './spans.ts'
import type { NameOf, NumberOf } from './words.ts'
import { pointer } from './words.ts'

/** Does a sound link share its label with others? Then a line of words says more than a bundle of drawn ones. */
export function isBundled(link: TopologyLink, links: readonly TopologyLink[]): boolean {
  return !link.broken && links.some((other) => other !== link && !other.broken && other.label === link.label)
}

/** `ds1, ds2 --- rs1, rs2   DR` for all four links, and a line for each broken one. */
export function linkLines(links: readonly TopologyLink[], numberOf: NumberOf, nameOf: NameOf, layout: Layout): Line[] {
  const broken = links.filter((link) => link.broken)
  const sound = new Map<string, Map<string, string[]>>()
  for (const link of links) {
    if (link.broken) continue
    const targets = sound.get(link.label) ?? new Map<string, string[]>()
    targets.set(link.from, [...(targets.get(link.from) ?? []), link.to])
    sound.set(link.label, targets)
  }
  return [
    ...broken.map((link) => {
      const label = `${link.label}${pointer(link.finding, numberOf)}`
      return linkLine([link.from], '-X-', [link.to], label, nameOf, layout)
    }),
    ...[...sound].flatMap(([label, targets]) =>
      alike(targets).map(({ from, to }) => linkLine(from, '---', to, label, nameOf, layout)),
    ),
  ]
}

/** Sources that reach the same targets, together. */
function alike(targets: ReadonlyMap<string, readonly string[]>): { from: string[]; to: readonly string[] }[] {
  const groups = new Map<string, { from: string[]; to: readonly string[] }>()
  for (const [from, to] of targets) {
    const key = JSON.stringify([...to].sort())
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { from: [from], to })
    else group.from.push(from)
  }
  return [...groups.values()]
}

function linkLine(
  from: readonly string[],
  sign: '-X-' | '---',
  to: readonly string[],
  label: string,
  nameOf: NameOf,
  layout: Layout,
): Line {
  const ends = `${from.map(nameOf).join(', ')} ${sign} ${to.map(nameOf).join(', ')}`
  const room = layout.width - 4 - layout.measure(label)
  return line(
    `  ${cut(ends, Math.max(10, room), layout.measure)}  `,
    span(label, sign === '-X-' ? 'critical' : 'subdued'),
  )
}
