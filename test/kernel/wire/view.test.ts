/** The pictures of a capture, as data and as lines. */
import { describe, expect, it } from 'vitest'
import { wireView } from '../../../src/kernel/wire/view.ts'
import { tcpdump } from '../../../src/parsers/tcpdump.ts'
import { wireLines } from '../../../src/report/lines-wire.ts'
import { textOf } from '../../../src/report/spans.ts'
import { sectionOf } from '../../parsers/section.ts'

const advert = (second: number, ip: string, prio: number) =>
  `13:00:${String(second).padStart(2, '0')}.000000 IP ${ip} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${prio}, authtype simple, intvl 1s, length 20, addrs: 10.0.0.1`
const lines = [
  ...Array.from({ length: 10 }, (_, i) => advert(i, '10.0.0.11', 100)),
  ...Array.from({ length: 10 }, (_, i) => advert(13 + i, '10.0.0.12', 90)),
  '13:00:13.100000 02:00:00:00:00:12 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell 10.0.0.1, length 28',
  '13:00:20.000000 IP 10.0.0.9.4000 > 10.0.0.1.80: Flags [S], seq 7, win 1, length 0',
  '13:00:20.002500 IP 10.0.0.1.80 > 10.0.0.9.4000: Flags [S.], seq 9, ack 8, win 1, length 0',
  '13:00:21.000000 IP 10.0.0.9.4001 > 10.0.0.1.80: Flags [S], seq 8, win 1, length 0',
]
const view = wireView('ds1', tcpdump.parse(sectionOf(lines.join('\n'), { command: 'tcpdump -nn -v -i any' })).value)

describe('what a capture shows', () => {
  it('as data: a failover with its gap, owners, answers with their round trip', () => {
    expect(view.masters.map(({ ip, adverts, active }) => [ip, adverts, active.length])).toEqual([
      ['10.0.0.11', 10, 1],
      ['10.0.0.12', 10, 1],
    ])
    expect(view.owners).toEqual([{ ip: '10.0.0.1', mac: '02:00:00:00:00:12', says: 'announces', count: 1 }])
    expect(view.servers).toEqual([
      {
        server: '10.0.0.1:80',
        attempts: 2,
        answered: 1,
        refused: 0,
        roundTrip: { least: 0.0025, median: 0.0025, most: 0.0025 },
      },
    ])
    expect(view.events.map(({ what }) => what)).toContain(
      'VRID 51: 10.0.0.12 takes over, 4.00 s after the last advert of 10.0.0.11',
    )
  })

  it.each([40, 80, 200])('as lines of %i columns', (width) => {
    const shown = wireLines(view, {
      width,
      unicode: false,
      all: false,
      measure: (text: string) => text.length,
    } as never).map(textOf)
    expect(shown[0]).toBe('PACKETS  seen on ds1  22.0 s')
    expect(shown[1]).toMatch(/^ {2}VRID 51 {2}10\.0\.0\.11 {2}prio 100 {2}#+\.+$/)
    expect(shown[2]).toMatch(/^ {2}VRID 51 {2}10\.0\.0\.12 {2}prio 90 {3}\.+#+$/)
    expect(shown.join('\n')).toContain('10.0.0.1:80  2    1        0    2.50 ms / 2.50 ms / 2.50 ms')
  })
})
