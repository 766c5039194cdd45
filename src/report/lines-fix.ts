/** The repair of a finding: per host what to paste now, what makes it last, how to take it back, what proves it. */
import type { FixStep, Risk } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import type { Finding } from '../model/report.ts'
import type { Line } from './spans.ts'
import { line, span } from './spans.ts'
import type { NameOf } from './words.ts'
import { RISK_TONE, RISK_WORD } from './words.ts'

interface Group {
  readonly host: HostId | undefined
  readonly risk: Risk
  readonly steps: FixStep[]
}

/** Commands stand alone on their lines, whole and behind blanks only, so that a line can be copied as it is. */
export function fixLines(fix: Finding['fix'], nameOf: NameOf): Line[] {
  const groups: Group[] = []
  for (const step of fix.steps) {
    const last = groups.at(-1)
    if (last !== undefined && last.host === step.host && last.risk === step.risk) last.steps.push(step)
    else groups.push({ host: step.host, risk: step.risk, steps: [step] })
  }
  const steps = groups.flatMap((group) => groupLines(group, nameOf))
  return fix.verify === '' ? steps : [...steps, line('  ', span('proof', 'heading')), ...commandLines([fix.verify])]
}

function groupLines(group: Group, nameOf: NameOf): Line[] {
  const on = group.host === undefined ? '' : ` on ${nameOf(group.host)}`
  const persist = group.steps.flatMap((step) => step.persist ?? [])
  // Undone in the opposite order: the last step may rest on the first.
  const undo = group.steps.flatMap((step) => step.undo ?? []).reverse()
  return [
    line('  ', span(`fix${on}`, 'heading'), '   ', span(RISK_WORD[group.risk], RISK_TONE[group.risk])),
    ...commandLines(group.steps.map((step) => step.run)),
    ...titled(`fix${on} (after reboot)`, persist),
    ...titled(`undo${on}`, undo),
  ]
}

function titled(title: string, commands: readonly string[]): Line[] {
  return commands.length === 0 ? [] : [line('  ', span(title, 'heading')), ...commandLines(commands)]
}

function commandLines(commands: readonly string[]): Line[] {
  return [...new Set(commands)]
    .flatMap((command) => command.split('\n'))
    .filter((command) => command.trim() !== '')
    .map((command) => line('    ', span(command, 'command')))
}
