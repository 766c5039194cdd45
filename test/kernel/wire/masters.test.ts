import { describe, expect, it } from 'vitest'
import { masters } from '../../../src/kernel/wire/masters.ts'
import { overlaps } from '../../../src/kernel/wire/overlaps.ts'
import { captureOf, lines, parsed, recorded } from './capture.ts'

const advert = (time: string, ip: string, prio: number, where = '') =>
  `${time}${where} IP ${ip} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${prio}, authtype simple, intvl 1s, length 20`

describe('masters', () => {
  it('lists both senders of one VRID, and which of them is this host', () => {
    const [group] = masters(recorded('two-masters'))
    expect(group).toMatchObject({ vrid: 51, family: 4 })
    expect(group?.sources.map(({ ip, priorities, own, segments }) => ({ ip, priorities, own, segments }))).toEqual([
      { ip: '192.168.10.11', priorities: [100], own: true, segments: ['eth0'] },
      { ip: '192.168.10.12', priorities: [90], own: false, segments: ['eth0'] },
    ])
  })

  it('collects what -v shows: addresses, passwords by their masks, TTL and MACs', () => {
    const [group] = masters(parsed('debian12-vrrp-auth-ev'))
    expect(group?.sources.map(({ ip, auths, vips, ttls, macs }) => ({ ip, auths, vips, ttls, macs }))).toEqual([
      { ip: '10.0.0.11', auths: ['secret-1'], vips: ['10.0.0.200'], ttls: [255], macs: ['02:00:00:00:00:02'] },
      { ip: '10.0.0.12', auths: ['secret-2'], vips: ['10.0.0.200'], ttls: [255], macs: ['02:00:00:00:00:03'] },
    ])
  })

  it('shows mixed versions and clean stops', () => {
    const [group] = masters(parsed('debian12-vrrp-versions'))
    expect(group?.sources.map(({ versions }) => versions)).toEqual([[2], [3]])
    expect(group?.sources.map(({ stops }) => stops.length)).toEqual([1, 1])
    expect(group?.sources[0].priorities).toEqual([100])
  })

  it('counts an advert seen three times once', () => {
    const [group] = masters(parsed('debian12-cooked-vlan'))
    expect(group?.sources.map(({ count, own }) => [count, own])).toEqual([[1, 'unknown']])
  })
})

describe('overlaps', () => {
  it('leaves senders in two VLANs of one wire apart, whatever the interface', () => {
    const tagged = (time: string, ip: string, vlan: number) =>
      advert(
        time,
        ip,
        100,
        ` 52:54:00:00:00:${vlan} > 01:00:5e:00:00:12, ethertype 802.1Q (0x8100), length 60: vlan ${vlan}, p 0, ethertype IPv4 (0x0800),`,
      )
    const both = (vlan: number) =>
      [
        ...[0, 1, 2, 3, 4, 5, 6].flatMap((s) => [
          tagged(`13:00:0${s}.100000`, '192.168.10.11', 10),
          tagged(`13:00:0${s}.300000`, '192.168.10.12', vlan),
        ]),
      ].join('\n')
    expect(overlaps(masters(captureOf(both(20))))).toEqual([])
    expect(overlaps(masters(captureOf(both(10))))).toHaveLength(1)
  })

  it('finds two masters that advertise side by side, with lines of both', () => {
    const [overlap] = overlaps(masters(recorded('two-masters')))
    expect(overlap).toMatchObject({ vrid: 51, one: { ip: '192.168.10.11' }, other: { ip: '192.168.10.12' } })
    expect(overlap?.seconds).toBeGreaterThan(10)
    expect(overlap?.cites).toHaveLength(4)
  })

  it('takes an election for what it is', () => {
    expect(masters(recorded('election'))[0]?.sources).toHaveLength(2)
    expect(overlaps(masters(recorded('election')))).toEqual([])
  })

  it('is silent when the second master came after the first had stopped', () => {
    const text = [0, 1, 2, 3, 4].map((s) => advert(`10:00:0${s}.000000`, '10.0.0.11', s === 4 ? 0 : 100))
    const then = [5, 6, 7, 8, 9].map((s) => advert(`10:00:0${s}.000000`, '10.0.0.12', 90))
    expect(overlaps(masters(captureOf([...text, ...then].join('\n'))))).toEqual([])
  })

  it('does not compare clusters that share a VRID on different interfaces', () => {
    const text = [0, 1, 2, 3, 4, 5].flatMap((s) => [
      advert(`10:00:0${s}.000000`, '10.0.0.11', 100, ' eth0  Out'),
      advert(`10:00:0${s}.100000`, '172.16.0.12', 90, ' eth1  M  '),
    ])
    expect(overlaps(masters(captureOf(text.join('\n'))))).toEqual([])
  })

  it('goes by turns where the capture has no times', () => {
    const text = [1, 2, 3, 4].flatMap(() => [advert('', '10.0.0.11', 100), advert('', '10.0.0.12', 90)])
    const bare = text.map((line) => line.trimStart()).join('\n')
    const [overlap] = overlaps(masters(captureOf(bare)))
    expect(overlap?.seconds).toBeUndefined()
    expect(lines(overlap?.cites ?? [])).toEqual([1, 2, 3, 4])
  })
})
