/** Seeded part of the comparison with the real kernel; `npm run differential` is the whole of it. */
import { describe, expect, it } from 'vitest'
import { whyNoKernel } from '../real/sandbox.ts'
import { routeLane, ruleLane } from './lanes.ts'
import { figures, play } from './tally.ts'

const missing = whyNoKernel('python3', 'nft', 'iptables-legacy-save', 'iptables-nft-save')
if (missing !== undefined)
  console.warn(`SKIPPED: no packet is sent through the real kernel to compare the models with it: ${missing}`)

describe.skipIf(missing !== undefined)(
  'what becomes of a packet, by the models and by the kernel',
  { timeout: 120_000 },
  () => {
    it.each([
      ['legacy', 80],
      ['nft', 40],
    ] as const)('rule sets, iptables-%s', async (backend, count) => {
      const lane = ruleLane(backend, backend === 'nft' ? 1 : 0)
      const tally = await play(lane, backend === 'nft' ? 1000 : 1, count)
      lane.end()
      expect(tally.faults, figures(backend, tally)).toEqual([])
      expect(tally.unknown).toBeLessThanOrEqual(tally.packets * 0.02)
      expect(tally.agreed).toBeGreaterThan(count * 3)
    })

    it('routing set-ups', async () => {
      const lane = routeLane(0)
      const tally = await play(lane, 1, 80)
      lane.end()
      expect(tally.faults, figures('routes', tally)).toEqual([])
      expect(tally.unknown).toBe(0)
      expect(tally.fates.get('dropped by rp_filter')).toBeGreaterThan(10)
    })
  },
)
