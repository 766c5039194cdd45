/** File name = id = registered = tested = documented = shown failing in a case or its own test. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHECKS } from '../src/checks/index.ts'
import { reachable } from '../src/engine/rank.ts'
import { CATEGORIES } from '../src/model/check.ts'

const ROOT = resolve(import.meta.dirname, '..')
const files = readdirSync(join(ROOT, 'src/checks'))
  .filter((f) => f.endsWith('.ts') && f !== 'index.ts')
  .map((f) => f.slice(0, -3))

describe('registry', () => {
  it('holds every file of src/checks once, sorted', () => {
    const ids = CHECKS.map((check) => check.id)
    expect(ids).toEqual([...ids].sort())
    expect(ids).toEqual([...files].sort())
  })

  it.each(CHECKS.map((check) => [check.id, check] as const))('%s is complete', (id, check) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(CATEGORIES).toContain(check.category)
    expect(check.title).toMatch(/^[A-Z0-9].*[^.]$/)
    expect(check.why.length).toBeGreaterThan(60)
    expect(Object.keys(check.messages).length).toBeGreaterThan(0)
    expect(existsSync(join(ROOT, `test/checks/${id}.test.ts`))).toBe(true)
    expect(readFileSync(join(ROOT, `test/checks/${id}.test.ts`), 'utf8')).toContain(`testCheck('${id}'`)
    expect(existsSync(join(ROOT, `docs/checks/${id}.md`))).toBe(true)
  })

  it('explains in one direction only', () => {
    const reach = reachable(CHECKS)
    const circles = CHECKS.filter((check) => check.explains.some((id) => reach.get(id)?.has(check.id)))
    expect(circles.map((check) => check.id)).toEqual([])
  })

  it.each(CHECKS.map((check) => [check.id]))('%s stays small', (id) => {
    const lines = readFileSync(join(ROOT, `src/checks/${id}.ts`), 'utf8').split('\n').length
    expect(lines).toBeLessThanOrEqual(120)
  })
})
