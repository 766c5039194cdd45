import { describe, expect, it } from 'vitest'
import { parseClock } from '../../src/lib/clock-text.ts'

const at = (iso: string) => Date.parse(iso)

describe('parseClock', () => {
  it.each([
    ['C locale', 'Fri Nov 20 13:37:41 UTC 2026', '2026-11-20T13:37:41Z'],
    ['C locale, one-digit day', 'Fri Nov  6 03:07:01 UTC 2026', '2026-11-06T03:07:01Z'],
    ['an unnamed zone', 'Fri Nov 20 11:05:08 -03 2026', '2026-11-20T14:05:08Z'],
    ['a named zone', 'Fri Nov 20 09:05:08 EST 2026', '2026-11-20T14:05:08Z'],
    ['en_US of a new glibc', 'Fri Nov 20 01:37:41 PM UTC 2026', '2026-11-20T13:37:41Z'],
    ['midnight by twelve hours', 'Fri Nov 20 12:00:05 AM UTC 2026', '2026-11-20T00:00:05Z'],
    ['noon by twelve hours', 'Fri Nov 20 12:00:05 PM UTC 2026', '2026-11-20T12:00:05Z'],
    ['en_GB', 'Fri 20 Nov 13:37:41 GMT 2026', '2026-11-20T13:37:41Z'],
    ['Chinese', '2026年 11月 20日 星期五 13:39:12 UTC', '2026-11-20T13:39:12Z'],
    ['Chinese in China', '2026年11月20日 星期五 22:05:08 CST', '2026-11-20T14:05:08Z'],
    ['date -R', 'Fri, 20 Nov 2026 14:05:08 +0000', '2026-11-20T14:05:08Z'],
    ['date -Is', '2026-11-20T19:35:08+05:30', '2026-11-20T14:05:08Z'],
    ['date --rfc-3339', '2026-11-20 14:05:08Z', '2026-11-20T14:05:08Z'],
    ['date +%s', '1795183508', '2026-11-20T14:05:08Z'],
  ])('reads %s', (_what, text, iso) => {
    expect(parseClock(text)).toBe(at(iso))
  })

  it.each([
    ['China or Chicago', 'Fri Nov 20 22:05:08 CST 2026'],
    ['India or Israel', 'Fri Nov 20 19:35:08 IST 2026'],
    ['no zone at all', 'Fri Nov 20 19:35:08 2026'],
  ])('does not guess: %s', (_what, text) => {
    expect(parseClock(text)).toBe('no-zone')
  })

  it.each([
    'Fri Feb 30 13:37:41 UTC 2026',
    'Fri Nov 20 24:37:41 UTC 2026',
    'Fri Nov 20 13:37:41 PM UTC 2026',
    'Fri Nov 20 13:37 UTC 2026',
    'Fri Nov 20 UTC 2026',
    'Nov 20 13:37:41 ds1 Keepalived: 2026 things',
    'date: command not found',
    '12345',
    '',
    `${'9'.repeat(10_000)}`,
  ])('refuses %.40j', (text) => {
    expect(parseClock(text)).toBeUndefined()
  })

  it('knows leap years', () => {
    expect(parseClock('Thu Feb 29 00:00:00 UTC 2024')).toBe(at('2024-02-29T00:00:00Z'))
    expect(parseClock('Sat Feb 29 00:00:00 UTC 2025')).toBeUndefined()
  })
})
