import { describe, expect, it } from 'vitest'
import { clockOf } from '../../../src/kernel/wire/clock.ts'
import { foldSightings } from '../../../src/kernel/wire/sightings.ts'
import { captureOf, parsed, recorded } from './capture.ts'

function counts(text: string): readonly number[] {
  return foldSightings(captureOf(text)).map(({ sightings }) => sightings.length)
}

function syn(time: string, options: string): string {
  return `${time}IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [S], seq 7, win 512${options}, length 0`
}

describe('foldSightings', () => {
  it('folds one advert that a slave, a bond and its VLAN all show', () => {
    expect(foldSightings(parsed('debian12-cooked-vlan')).map(({ sightings }) => sightings.length)).toEqual([3])
  })

  it('takes lines within 50 ms for one packet', () => {
    expect(counts([syn('10:00:00.000000 ', ''), syn('10:00:00.049000 ', '')].join('\n'))).toEqual([2])
  })

  it('takes the same SYN a second later for a retransmission', () => {
    expect(counts([syn('10:00:00.000000 ', ''), syn('10:00:01.050000 ', '')].join('\n'))).toEqual([1, 1])
  })

  it('believes a later TS value however close the lines are', () => {
    const [one, two] = [', options [TS val 5 ecr 0]', ', options [TS val 9 ecr 0]']
    expect(counts([syn('10:00:00.000000 ', one), syn('10:00:00.004000 ', two)].join('\n'))).toEqual([1, 1])
  })

  it('goes by the TS value where times are missing, and folds nothing without both', () => {
    const stamped = syn('', ', options [TS val 5 ecr 0]')
    expect(counts([stamped, stamped].join('\n'))).toEqual([2])
    expect(counts([syn('', ''), syn('', '')].join('\n'))).toEqual([1, 1])
  })

  it('counts every one of a burst of gratuitous ARPs, but a copy on another interface once', () => {
    const garp = (time: string, dev: string) =>
      `${time} ${dev}  Out ARP, Request who-has 10.0.0.200 (ff:ff:ff:ff:ff:ff) tell 10.0.0.200, length 28`
    const burst = ['10:00:00.000100', '10:00:00.000200', '10:00:00.000300']
    expect(counts(burst.flatMap((time) => [garp(time, 'bond0'), garp(time, 'eth0')]).join('\n'))).toEqual([2, 2, 2])
  })

  it('keeps adverts apart that follow each other faster than 50 ms', () => {
    const advert = (time: string) =>
      `${time} IP 10.0.0.12 > 224.0.0.18: VRRPv3, Advertisement, vrid 51, prio 90, intvl 2cs, length 12`
    expect(counts([advert('10:00:00.000000'), advert('10:00:00.020000')].join('\n'))).toEqual([1, 1])
  })

  it('folds all the rounds of a packet that circles', () => {
    const most = Math.max(...foldSightings(recorded('director-loop')).map(({ sightings }) => sightings.length))
    expect(most).toBeGreaterThan(50)
  })
})

describe('clockOf', () => {
  const at = (...times: readonly string[]) =>
    clockOf(captureOf(times.map((time) => `${time} IP 10.0.0.1 > 10.0.0.2: UDP, length 5`).join('\n')).packets)

  it('counts on past midnight', () => {
    expect(at('23:59:59.500000', '00:00:00.500000', '00:00:01.000000')).toEqual([86399.5, 86400.5, 86401])
  })

  it('lets a packet of the old day be late', () => {
    expect(at('23:59:59.500000', '00:00:00.100000', '23:59:59.900000', '00:00:00.200000')).toEqual([
      86399.5, 86400.1, 86399.9, 86400.2,
    ])
  })

  it('leaves dates alone', () => {
    const [before = 0, after = 0] = at('2026-11-20 23:59:59.500000', '2026-11-21 00:00:00.500000')
    expect(after - before).toBe(1)
  })
})
