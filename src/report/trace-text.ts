/** A trace as text. */
import type { HookTrace, RuleStep, TraceLine } from '../model/trace.ts'
import { plain } from './safe.ts'

/** `trace --hook`: the verdict, the rules met on the way, what was taken for granted. */
export function hookText(trace: HookTrace): string {
  const { verdict, by, assumed } = trace
  const head = `${verdict.toUpperCase()}${by === null ? '' : `  by ${place(by)}`}`
  const rules = trace.trace.flatMap(ruleLines)
  const lines = [head, ...rules, ...(rules.length === 0 ? ['  no rule was met'] : []), ...assumptions(assumed), head]
  return `${plain(lines.join('\n'))}\n`
}

function ruleLines({ table, chain, matched, effect, because, line, packets }: RuleStep): readonly string[] {
  const met =
    matched === 'yes'
      ? effect
      : matched === 'no'
        ? `passed over (${because ?? '?'})`
        : `cannot tell (${because ?? effect})`
  const counted = packets === null ? '' : `  ${packets} packets`
  return [`  ${`${table} ${chain}`.padEnd(18)} ${met}${counted}`, ...(line === null ? [] : [`    ${place(line)}`])]
}

export function place({ source, line, text }: TraceLine): string {
  return `${source}:${line}   ${text}`
}

export function assumptions(assumed: readonly string[]): readonly string[] {
  return assumed.length === 0 ? [] : ['assumed', ...assumed.map((one) => `  ${one}`)]
}
