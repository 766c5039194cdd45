import { describe, expect, it } from 'vitest'
import { arpOwners } from '../../../src/kernel/wire/arp-owners.ts'
import { captureOf, lines, parsed, recorded } from './capture.ts'

describe('arpOwners', () => {
  it('finds two MACs that answer for the VIP, each with its line', () => {
    const vip = arpOwners(recorded('arp-two-macs')).find(({ ip }) => ip === '192.168.10.100')
    expect(vip?.answered.map(({ mac, own }) => [mac, own])).toEqual([
      ['52:54:00:00:00:21', false],
      ['52:54:00:00:00:11', false],
    ])
    expect(vip?.askedBy.map(({ ip, own, answered }) => [ip, own, answered])).toEqual([['192.168.10.1', true, true]])
  })

  it('finds the question of this host that nobody answers', () => {
    const vip = arpOwners(recorded('arp-no-answer')).find(({ ip }) => ip === '192.168.10.100')
    expect(vip?.askedBy).toMatchObject([{ ip: '192.168.10.1', own: true, answered: false }])
    expect(lines(vip?.askedBy[0]?.cites ?? [])).toHaveLength(9)
  })

  it('does not call a third host a witness: its own questions are marked, others are not', () => {
    const vip = arpOwners(parsed('debian12-any-arp-statistics')).find(({ ip }) => ip === '192.168.10.100')
    expect(vip?.askedBy).toMatchObject([{ own: false, answered: false }])
  })

  it('tells announcing from using an address', () => {
    const owners = arpOwners(
      captureOf(
        [
          '10:00:00.000000 02:00:00:00:00:02 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.200 (ff:ff:ff:ff:ff:ff) tell 10.0.0.200, length 28',
          '10:00:01.000000 02:00:00:00:00:04 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.100 tell 10.0.0.200, length 28',
          '10:00:02.000000 02:00:00:00:00:03 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Reply 10.0.0.200 is-at 02:00:00:00:00:03, length 28',
        ].join('\n'),
      ),
    )
    const vip = owners.find(({ ip }) => ip === '10.0.0.200')
    expect(vip?.announced.map(({ mac }) => mac)).toEqual(['02:00:00:00:00:02', '02:00:00:00:00:03'])
    expect(vip?.used.map(({ mac }) => mac)).toEqual(['02:00:00:00:00:04'])
    expect(vip?.answered).toEqual([])
  })

  it('gives nobody the address that a probe asks for', () => {
    const owners = arpOwners(captureOf('10:00:00.000000 ARP, Request who-has 10.0.0.9 tell 0.0.0.0, length 28'))
    expect(owners.map(({ ip, used }) => [ip, used.length])).toEqual([['10.0.0.9', 0]])
  })
})
