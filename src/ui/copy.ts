/** What `c` copies. */
import type { Block, Problem } from '../report/blocks.ts'
import type { State } from './state.ts'

/** The commands of the chosen problem's fix, or on the screen of gaps the most useful command; '' where there is none. */
export function copyText(blocks: readonly Block[], state: State, problems: readonly Problem[]): string {
  if (state.screen !== 'gaps') {
    const steps = problems[state.selected]?.finding.fix.steps ?? []
    return [...new Set(steps.map((step) => step.run))].join('\n')
  }
  const gaps = blocks.flatMap((block) => (block.kind === 'gaps' ? block.gaps.rows : []))
  return gaps.find((row) => row.ask !== '')?.ask ?? ''
}

/** Says what was copied; whether the terminal let it through, nobody can know. */
export function copyMessage(copied: string): string {
  return copied === '' ? 'no command to copy here' : `sent to the clipboard: ${copied.replaceAll('\n', '; ')}`
}
