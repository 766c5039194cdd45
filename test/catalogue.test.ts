/** Every id of the catalogue of faults is a check, or docs/not-checked-ids.md says why it is none. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notCheckedPage } from '../scripts/docs-not-checked.mjs'
import { CHECKS } from '../src/checks/index.ts'

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const ids = read('fixtures/catalogue/ids.txt')
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[2] ?? '')
const reasons: Record<string, { kind: string; why: string }> = JSON.parse(read('fixtures/catalogue/not-checked.json'))
const built = new Set(CHECKS.map(({ id }) => id))

describe('catalogue', () => {
  it('has every id as a check, or a reason', () => {
    expect(ids.filter((id) => !built.has(id) && reasons[id] === undefined)).toEqual([])
    expect(Object.keys(reasons).filter((id) => !ids.includes(id))).toEqual([])
  })

  it('is told on the page: npm run docs', () => {
    expect(read('docs/not-checked-ids.md')).toBe(notCheckedPage(ROOT, built))
  })

  it('gives reasons that name checks which exist', () => {
    for (const [id, { kind, why }] of Object.entries(reasons)) {
      if (built.has(id)) continue
      expect(['in another check', 'no evidence', 'no fault', 'not built']).toContain(kind)
      const named = [...why.matchAll(/`([a-z0-9-]+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => ids.includes(name))
      expect(named.filter((name) => !built.has(name))).toEqual([])
      if (kind === 'in another check') expect(why).toMatch(/`[a-z0-9-]+`|checks/)
    }
  })

  it('is covered by at least 120 checks', () => {
    expect(CHECKS.length).toBeGreaterThanOrEqual(120)
  })
})
