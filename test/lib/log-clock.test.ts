import { describe, expect, it } from 'vitest'
import { logTime, secondsBetween } from '../../src/lib/log-clock.ts'

describe('seconds between two lines of a log', () => {
  it.each([
    ['Nov 20 13:29:05', 'Nov 20 13:29:09', 4],
    ['Feb 28 23:59:59', 'Mar  1 00:00:00', 86_401],
    ['Fri Nov 20 15:09:25 2026', 'Sat Nov 21 15:09:25 2026', 86_400],
    ['2026-11-20T13:29:05.250+01:00', '2026-11-20T13:29:06,500+01:00', 1.25],
    ['Fri 2026-11-20 13:29:05 UTC', 'Fri 2026-11-20 13:30:05 UTC', 60],
  ])('%s to %s', (from, to, seconds) => expect(secondsBetween(from, to)).toBeCloseTo(seconds, 6))

  it.each([
    ['a time that goes back', 'Nov 20 13:29:05', 'Nov 20 13:29:04'],
    ['the turn of the year, which syslog does not tell', 'Dec 31 23:59:59', 'Jan  1 00:00:01'],
    ['with and without a year', 'Nov 20 13:29:05', '2026-11-20T13:29:06Z'],
    ['no time', undefined, 'Nov 20 13:29:05'],
  ])('%s: not known', (_name, from, to) => expect(secondsBetween(from, to)).toBeUndefined())
})

it.each(['', 'Nov 20', '13:29:05', 'Xyz 20 13:29:05', 'Nov 32 13:29:05'])('no time of a log: %j', (text) => {
  expect(logTime(text)).toBeUndefined()
})
