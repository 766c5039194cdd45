/** Rules and policies that counted a packet, by the model and by the kernel: what they do may be the same by chance. */
import type { Step } from '../../../src/kernel/filter.ts'
import type { FilterCounters, Firewall } from '../../../src/model/facts.ts'
import { ANSWERS } from './rule-sets.ts'

/** Packets counted by each line of a listing. */
export type Counts = ReadonlyMap<number, number>

/** The host's own answers meet only the rules made for them: those are left out. */
export function countsOf({ tables }: Firewall): Counts {
  const counts = new Map<number, number>()
  const add = (line: number, counters: FilterCounters | undefined): void => {
    counts.set(line, counters?.packets ?? 0)
  }
  for (const { chains } of tables) {
    for (const chain of chains) {
      if (chain.policy !== undefined) add(chain.at.line, chain.counters)
      for (const rule of chain.rules) if (!isForAnswers(rule.text)) add(rule.at.line, rule.counters)
    }
  }
  return counts
}

function isForAnswers(text: string): boolean {
  return ANSWERS.some((answer) => text.endsWith(answer))
}

export function grown(before: Counts, after: Counts): readonly number[] {
  return [...after].filter(([line, packets]) => packets > (before.get(line) ?? 0)).map(([line]) => line)
}

/** Lines that the model says were met; undefined where it cannot tell of each. */
export class Met {
  readonly #lines = new Set<number>()
  #doubtful = false

  note(steps: readonly Step[]): void {
    for (const { at, matched, rule } of steps) {
      if (matched === 'unknown') this.#doubtful = true
      else if (matched === 'yes' && !(rule && isForAnswers(rule.text))) this.#lines.add(at.line)
    }
  }

  get lines(): ReadonlySet<number> | undefined {
    return this.#doubtful ? undefined : this.#lines
  }
}
