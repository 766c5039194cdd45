/** Lines of a rule listing that nobody understood: before which rule of which chain might they stand? */
import type { Cite, Unread } from '../../model/evidence.ts'
import type { FilterChain, Firewall } from '../../model/facts.ts'

/** Per chain, the positions a rule may be missing at: 0 before the first rule, `rules.length` after the last. */
export type Places = ReadonlyMap<FilterChain, ReadonlySet<number>>

interface Landmark {
  readonly at: Cite
  readonly chain: FilterChain | undefined
  /** Position that lies right before / right after this line. */
  readonly before: number | undefined
  readonly after: number | undefined
}

/** A listing is cut into landmarks (chains and rules); an unread line belongs after the one above or before the one below. */
export function unreadPlaces(firewall: Firewall, unread: readonly Unread[]): Places {
  const places = new Map<FilterChain, Set<number>>()
  if (unread.length === 0) return places
  const landmarks = landmarksOf(firewall)
  const mark = (chain: FilterChain | undefined, position: number | undefined): void => {
    if (chain === undefined || position === undefined) return
    const known = places.get(chain)
    if (known === undefined) places.set(chain, new Set([position]))
    else known.add(position)
  }
  let next = 0
  for (const { at } of [...unread].sort((a, b) => byPlace(a.at, b.at))) {
    while (next < landmarks.length && byPlace(landmarks[next]?.at ?? at, at) < 0) next++
    const above = landmarks[next - 1]
    const below = landmarks[next]
    if (above?.at.section === at.section) mark(above.chain, above.after)
    if (below?.at.section === at.section) mark(below.chain, below.before)
  }
  return places
}

function landmarksOf(firewall: Firewall): readonly Landmark[] {
  const landmarks: Landmark[] = []
  for (const table of firewall.tables) {
    landmarks.push({ at: table.at, chain: undefined, before: undefined, after: undefined })
    for (const chain of table.chains) {
      landmarks.push({ at: chain.at, chain, before: undefined, after: 0 })
      chain.rules.forEach(({ at }, index) => {
        landmarks.push({ at, chain, before: index, after: index + 1 })
      })
    }
  }
  return landmarks.sort((a, b) => byPlace(a.at, b.at))
}

function byPlace(a: Cite, b: Cite): number {
  if (a.section !== b.section) return a.section < b.section ? -1 : 1
  return a.line - b.line
}
