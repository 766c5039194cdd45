/** A trace as text. */
import type { HookTrace, Hop, PathTrace, RuleStep, TraceLine } from '../model/trace.ts'
import { plain } from './safe.ts'
import { pictureOf } from './trace-picture.ts'

/** `trace --hook`: the verdict, the rules met on the way, what was taken for granted. */
export function hookText(trace: HookTrace): string {
  const { verdict, by, assumed } = trace
  const head = `${verdict.toUpperCase()}${by === null ? '' : `  by ${place(by)}`}`
  const rules = trace.trace.flatMap(ruleLines)
  return printed([head, ...rules, ...(rules.length === 0 ? ['  no rule was met'] : []), ...assumptions(assumed), head])
}

/** The whole way: picture, one line a hop with the line it rests on, what was taken for granted; verdict first and last. */
export function pathText(trace: PathTrace): string {
  const { verdict, packet, trace: hops } = trace
  const worst = hops.find((hop) => hop.verdict === verdict && verdict !== 'accept')
  const where = worst === undefined ? '' : `  at ${worst.host ?? 'the link'}, ${worst.step}: ${worst.text}`
  const head = `${verdict === 'accept' ? 'ACCEPT' : verdict.toUpperCase()}  ${packet}${where}`
  const picture = pictureOf(trace).map((line) => `  ${line}`)
  return printed([head, '', ...picture, '', ...hopBlocks(hops), ...assumptions(trace.assumed), head])
}

const WORDS = { accept: 'ok', drop: 'DROP', reject: 'REJECT', unknown: '?' } as const

function hopBlocks(hops: readonly Hop[]): readonly string[] {
  const widest = Math.max(4, ...hops.map(({ host }) => (host ?? '-').length))
  let path: string | null = null
  return hops.flatMap((hop) => {
    const title = hop.path === path || hop.path === null ? [] : [`way ${hop.path}`]
    path = hop.path
    const name = (hop.host ?? '-').padEnd(widest)
    const head = `  ${WORDS[hop.verdict].padEnd(6)} ${name} ${hop.step.padEnd(14)} ${hop.text}`
    return [
      ...title,
      head,
      ...hop.lines.slice(0, hop.verdict === 'accept' ? 1 : 3).map((line) => `           ${place(line)}`),
    ]
  })
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

function place({ source, line, text }: TraceLine): string {
  return `${source}:${line}   ${text}`
}

function assumptions(assumed: readonly string[]): readonly string[] {
  return assumed.length === 0 ? [] : ['assumed', ...assumed.map((one) => `  ${one}`)]
}

function printed(lines: readonly string[]): string {
  return `${plain(lines.join('\n'))}\n`
}
