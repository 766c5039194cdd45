/** Root causes: what explains what, and which root comes first. */
import { describe, expect, it } from 'vitest'
import { type Raised, rank } from '../../src/engine/rank.ts'
import type { Check, Claim, Severity } from '../../src/model/check.ts'

const check = (id: string, explains: readonly string[] = [], more: Partial<Check> = {}): Check =>
  ({ id, explains, stage: 'vrrp', severity: 'critical', ...more }) as unknown as Check

const raised = (
  about: Check,
  hosts: readonly string[],
  more: Partial<Claim> & { severity?: Severity } = {},
): Raised => {
  const { severity = 'critical', ...claim } = more
  return {
    id: `${about.id}@${hosts[0]}`,
    check: about,
    severity,
    claim: { about: { hosts }, proof: 'inferred', ...claim } as unknown as Claim,
  }
}

const blocked = check('vrrp-blocked-input', ['cap-two-masters'])
const twoMasters = check('cap-two-masters', ['dual-vip'], { stage: 'symptom' })
const dualVip = check('dual-vip', [], { stage: 'symptom' })
const registry = [blocked, twoMasters, dualVip]

describe('rank', () => {
  it('folds an effect under its cause, also through a check that did not fail', () => {
    const ranking = rank([raised(dualVip, ['ds1', 'ds2']), raised(blocked, ['ds2'])], registry)
    expect(ranking.roots).toEqual([{ finding: 'vrrp-blocked-input@ds2', explains: ['dual-vip@ds1'] }])
    expect(ranking.explainedBy.get('dual-vip@ds1')).toBe('vrrp-blocked-input@ds2')
  })

  it('does not explain a finding about other hosts', () => {
    const ranking = rank([raised(dualVip, ['ds8', 'ds9']), raised(blocked, ['ds2'])], registry)
    expect(ranking.roots).toEqual([{ finding: 'vrrp-blocked-input@ds2', explains: [] }])
    expect(ranking.explainedBy.size).toBe(0)
  })

  it('a VIP in common is enough', () => {
    const vips = { about: { hosts: ['ds8'], vips: ['10.0.0.1'] } }
    const cause = { about: { hosts: ['ds2'], vips: ['10.0.0.1'] } }
    const ranking = rank([raised(dualVip, ['ds8'], vips), raised(blocked, ['ds2'], cause)], registry)
    expect(ranking.explainedBy.get('dual-vip@ds8')).toBe('vrrp-blocked-input@ds2')
  })

  it('a symptom that nothing explains stays open: it is no root', () => {
    const ranking = rank([raised(dualVip, ['ds1'])], registry)
    expect(ranking.roots).toEqual([])
    expect(ranking.explainedBy.size).toBe(0)
  })

  it('a note neither explains nor is a root', () => {
    const ranking = rank([raised(dualVip, ['ds2']), raised(blocked, ['ds2'], { severity: 'note' })], registry)
    expect(ranking.roots).toEqual([])
    expect(ranking.explainedBy.size).toBe(0)
  })

  it('a smell is never a root', () => {
    const smell = check('vip-rip-same-subnet', [], { neverRoot: true })
    expect(rank([raised(smell, ['ds1'], { severity: 'warning' })], [smell]).roots).toEqual([])
  })

  it('orders roots: severity, direct proof, nearness to the source, what they explain', () => {
    const early = check('b-early', [], { stage: 'config' })
    const late = check('a-late', [], { stage: 'return' })
    const proven = check('c-proven', [], { stage: 'return' })
    const mild = check('d-mild', [], { stage: 'config' })
    const all = [
      raised(mild, ['h'], { severity: 'warning', proof: 'direct' }),
      raised(late, ['h']),
      raised(early, ['h']),
      raised(proven, ['h'], { proof: 'direct' }),
    ]
    expect(rank(all, [early, late, proven, mild]).roots.map((root) => root.finding)).toEqual([
      'c-proven@h',
      'b-early@h',
      'a-late@h',
      'd-mild@h',
    ])
  })

  it('checks that explain each other do not make each other vanish', () => {
    const a = check('a', ['b'])
    const b = check('b', ['a'])
    const ranking = rank([raised(a, ['h']), raised(b, ['h'])], [a, b])
    expect(ranking.roots.length).toBeGreaterThan(0)
  })
})
