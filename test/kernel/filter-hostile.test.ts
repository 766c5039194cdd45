/** Rule sets made to hurt: the walk has to end, soon, and not guess. */
import { describe, expect, it } from 'vitest'
import { type FilterPacket, walk } from '../../src/kernel/filter.ts'
import { filterRules } from './facts.ts'

const PACKET: FilterPacket = { protocol: 112, src: '10.0.0.12', dst: '224.0.0.18', in: 'eth0', ctstate: 'NEW', mark: 0 }
const MANY = 10_000

function many(line: (n: number) => string, count = MANY): readonly string[] {
  return Array.from({ length: count }, (_, n) => line(n))
}

function timed(
  rules: readonly string[],
  chains: readonly string[] = [],
): { verdict: string; reason: string | undefined; ms: number } {
  const firewall = filterRules(rules, 'DROP', chains)
  const start = performance.now()
  const { verdict, reason } = walk(firewall, { whole: true }, PACKET, 'input')
  return { verdict, reason, ms: performance.now() - start }
}

const SOON = 1500

describe('the walk ends soon', () => {
  it('with rules that cannot be decided', () => {
    const rules = many((n) => `-A INPUT -m recent --rcheck --name r${n} -j DROP`)
    const { verdict, ms } = timed([...rules, '-A INPUT -j DROP'])
    expect(verdict).toBe('drop')
    expect(ms).toBeLessThan(SOON)
  })

  it('with chains that double the number of ways at each level', () => {
    const chains = many((n) => `c${n}`, 150)
    const rules = chains.flatMap((chain, n) => {
      const call = `-A ${chain} -m recent --rcheck --name x -j c${n + 1}`
      return n + 1 < chains.length ? [call, call] : []
    })
    const { verdict, ms } = timed(['-A INPUT -j c0', ...rules], chains)
    expect(verdict).toBe('drop')
    expect(ms).toBeLessThan(SOON)
  })

  it('with as many marks as rules', () => {
    const rules = many((n) => `-A INPUT -m recent --rcheck --name x -j MARK --set-xmark 0x${n.toString(16)}/0xffffffff`)
    const { verdict, reason, ms } = timed([...rules, '-A INPUT -m mark --mark 0x7 -j ACCEPT'])
    expect([verdict, reason]).toEqual(['unknown', 'condition'])
    expect(ms).toBeLessThan(SOON)
  })

  it('with a long chain that every mark visits anew', () => {
    const rules = many((n) => `-A INPUT -j MARK --set-xmark 0x${n.toString(16)}/0xffffffff\n-A INPUT -j long`, 5000)
    const long = many((n) => `-A long -s 10.1.${n >> 8}.${n & 255}/32 -j ACCEPT`, 5000)
    const { verdict, reason, ms } = timed([...rules, ...long], ['long'])
    expect([verdict, reason]).toEqual(['unknown', 'too-complex'])
    expect(ms).toBeLessThan(SOON)
  })

  it('with chains that call each other in a circle', () => {
    const { verdict, reason } = timed(['-A INPUT -j a', '-A a -j b', '-A b -j a'], ['a', 'b'])
    expect([verdict, reason]).toEqual(['unknown', 'too-complex'])
  })

  it('with chains deeper than any stack', () => {
    const chains = many((n) => `c${n}`, 5000)
    const rules = chains.map((chain, n) => `-A ${chain} -j ${chains[n + 1] ?? 'ACCEPT'}`)
    const { verdict, reason, ms } = timed(['-A INPUT -j c0', ...rules], chains)
    expect([verdict, reason]).toEqual(['unknown', 'too-complex'])
    expect(ms).toBeLessThan(SOON)
  })
})
