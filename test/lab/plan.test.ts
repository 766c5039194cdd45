/** The lab's runs and the order they are taken in; the lab itself needs no test runner. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Run {
  readonly id: string
  readonly kind: 'healthy' | 'fault'
  readonly name: string
  readonly note: string
  readonly root: string | readonly string[] | null
  readonly symptom: { readonly sh: string; readonly proves: unknown }
}
type SectionOf = (run: Run) => string | undefined
interface Plan {
  allScenarios(): Promise<Run[]>
  byTurns(all: readonly Run[], sectionOf: SectionOf): Run[]
}

const plan = (await import(join(import.meta.dirname, 'plan.mjs'))) as Plan
const all = await plan.allScenarios()
/** The first letter of the root stands for its section; what begins with v is still to come. */
const sectionOf: SectionOf = ({ root }) => {
  const letter = [root].flat()[0]?.[0]
  return letter === 'v' ? undefined : letter
}

describe('the runs of the lab', () => {
  it('are told apart by their names, and each has to prove something', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.filter(({ note, symptom }) => !note || !symptom.sh || !symptom.proves)).toEqual([])
  })

  it('are enough: 60 faults and 15 healthy clusters at least', () => {
    const names = (kind: Run['kind']) => new Set(all.filter((run) => run.kind === kind).map(({ name }) => name)).size
    expect(names('fault')).toBeGreaterThanOrEqual(60)
    expect(names('healthy')).toBeGreaterThanOrEqual(15)
  })
})

describe('where time is short', () => {
  const turns = plan.byTurns(all, sectionOf)
  const laneOf = (run: Run) => (run.kind === 'healthy' ? run.kind : sectionOf(run))

  it('nothing is lost, plain clusters come first and checks to come last', () => {
    expect(turns.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
    const plain = all.filter(({ name }) => name === 'plain').length
    expect(turns.slice(0, plain).every(({ name }) => name === 'plain')).toBe(true)
    const known = all.filter((run) => laneOf(run) !== undefined).length
    expect(turns.slice(known).some((run) => laneOf(run) !== undefined)).toBe(false)
  })

  it('every section has its turn before any has its second', () => {
    const later = turns.filter(({ name }) => name !== 'plain')
    const lanes = new Set(later.map(laneOf).filter((lane) => lane !== undefined))
    expect(new Set(later.slice(0, lanes.size).map(laneOf))).toEqual(lanes)
  })
})
