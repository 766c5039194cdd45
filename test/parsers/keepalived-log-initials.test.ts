import { describe, expect, it } from 'vitest'
import { initialsOf } from '../../src/parsers/keepalived-log/initials.ts'

describe('initialsOf', () => {
  it.each([
    ['^Truncating auth_pass to', 'T'],
    ['^(?:Entering|Now in|entering) (M|B)', 'ENe'],
    ['^(?:Master r|R)eceived advert', 'MR'],
    ['^(Starting|Stopped) Keepalived', 'SS'],
    ['^[Ww]arning - nopreempt', 'Ww'],
    ['^(?:IPVS: )?Can.t initialize', undefined],
    ["ports don't match", undefined],
    ['^\\S+ of', undefined],
  ])('%s begins with %s', (source, letters) => {
    expect(initialsOf(source)).toBe(letters)
  })
})
