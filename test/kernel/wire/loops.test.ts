import { describe, expect, it } from 'vitest'
import { loops } from '../../../src/kernel/wire/loops.ts'
import { captureOf, parsed, recorded } from './capture.ts'

describe('loops', () => {
  it('finds the SYN that two directors throw at each other', () => {
    const [loop, ...others] = loops(recorded('director-loop'))
    expect(others).toEqual([])
    expect(loop?.packet).toMatchObject({ flags: 'S', sport: 33802 })
    expect(loop?.sightings).toBeGreaterThan(50)
    expect(loop?.turns).toBe((loop?.sightings ?? 0) - 1)
    expect(loop?.interfaces).toEqual(['eth0'])
  })

  it.each(['tcpdump4-any-vlan-syn', 'debian12-ipip-ev'])(
    'sees none where a packet only has several faces: %s',
    (name) => {
      expect(loops(parsed(name))).toEqual([])
    },
  )

  it('sees none on a forwarding director', () => {
    expect(loops(recorded('dr-director'))).toEqual([])
  })

  it('goes by the TTL where directions are not printed', () => {
    const line = (index: number) =>
      `10:00:00.00000${index} IP (tos 0x0, ttl ${64 - index}, id 5525, offset 0, flags [DF], proto TCP (6), length 60)\n` +
      '    10.0.0.100.5000 > 10.0.0.200.80: Flags [S], seq 7, win 512, length 0'
    const text = Array.from({ length: 9 }, (_, index) => line(index)).join('\n')
    expect(loops(captureOf(text))).toMatchObject([{ sightings: 9, ttl: { first: 64, last: 56 } }])
  })
})
