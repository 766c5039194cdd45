import { describe, expect, it } from 'vitest'
import { fitsGlob } from '../../src/lib/glob.ts'

describe('fitsGlob', () => {
  it.each([
    ['*.conf', 'web.conf', true],
    ['*.conf', 'web.conf.bak', false],
    ['*', 'anything', true],
    ['we?.conf', 'web.conf', true],
    ['we?.conf', 'we.conf', false],
    ['*a*b', 'xxaxxbxxb', true],
    ['keepalived.conf', 'keepalived.conf', true],
    ['', 'x', false],
  ])('%s and %s: %s', (pattern, name, fits) => {
    expect(fitsGlob(pattern, name)).toBe(fits)
  })

  it('leaves hidden files out, as the shell does', () => {
    expect(fitsGlob('*.conf', '.web.conf')).toBe(false)
    expect(fitsGlob('.*.conf', '.web.conf')).toBe(true)
  })

  it('does not guess at sets and braces', () => {
    expect(fitsGlob('[ab].conf', 'a.conf')).toBeUndefined()
    expect(fitsGlob('{a,b}.conf', 'a.conf')).toBeUndefined()
  })

  it('stays quick with many stars', () => {
    const start = performance.now()
    expect(fitsGlob('*a'.repeat(40), `${'a'.repeat(5_000)}b`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
