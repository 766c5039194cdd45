/** The kernel's own count of packets it did not believe. */
import type { Cite, Fact } from '../model/evidence.ts'
import type { Counters } from '../model/facts.ts'

const NAME = 'TcpExtIPReversePathFilter'

/** Line that shows drops by the reverse path check; undefined: none, or not looked at. With two looks it has to have grown. */
export function reversePathDrops(counters: Fact<Counters>): Cite | undefined {
  if (counters.state !== 'known') return undefined
  const now = counters.value.counters.get(NAME)
  if (now === undefined || now.value === 0) return undefined
  const before = counters.earlier.map(({ value }) => value.counters.get(NAME)).find((count) => count !== undefined)
  return before === undefined || now.value > before.value ? now.at : undefined
}
