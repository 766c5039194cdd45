/** One row of `iptables -L`: columns by the header, and behind them conditions and target options in words. */
import { blankWords } from '../../lib/words.ts'
import type { FilterMatch, FilterRule, FilterTarget } from '../../model/facts.ts'
import { readExtras } from './extras.ts'

export interface Columns {
  readonly numbers: boolean
  readonly counts: boolean
  /** `in` and `out`: only `-v` shows them. */
  readonly interfaces: boolean
}

/** undefined: not a header. */
export function columnsOf(text: string): Columns | undefined {
  const words = blankWords(text)
  if (!words.includes('target') || !words.includes('prot') || !words.includes('source')) return undefined
  return { numbers: words[0] === 'num', counts: words.includes('pkts'), interfaces: words.includes('in') }
}

const OPT = /^[-!][-f]$/

/** undefined: not a row under this header. */
export function readRow(text: string, columns: Columns): Omit<FilterRule, 'at' | 'text'> | undefined {
  const words = blankWords(text)
  const lead = (columns.numbers ? 1 : 0) + (columns.counts ? 2 : 0)
  // A rule without a target leaves its column blank.
  const opt = [lead + 1, lead + 2].find((at) => OPT.test(words[at] ?? ''))
  if (opt === undefined) return undefined
  const after = opt + 1 + (columns.interfaces ? 4 : 2)
  const [into = '*', out = '*'] = columns.interfaces ? words.slice(opt + 1) : []
  const [source, destination] = words.slice(after - 2)
  if (source === undefined || destination === undefined) return undefined
  const shown: (FilterMatch | undefined)[] = [
    inverted('p', words[opt - 1] ?? '', ['0', 'all', 'ip']),
    inverted('s', source, ['0.0.0.0/0', 'anywhere']),
    inverted('d', destination, ['0.0.0.0/0', 'anywhere']),
    inverted('i', into, ['*', 'any']),
    inverted('o', out, ['*', 'any']),
    words[opt] === '--' ? undefined : { option: 'f', not: words[opt]?.startsWith('!') ?? false, values: [] },
    columns.interfaces ? undefined : { option: 'interfaces that only -v shows', not: false, values: [] },
  ]
  const name = opt - 1 > lead ? words[lead] : undefined
  const extras = readExtras(behind(text, after), name)
  const target: FilterTarget | undefined =
    name === undefined ? undefined : { name, goto: extras.goto, options: extras.options }
  return {
    matches: [...shown.filter((match) => match !== undefined), ...extras.matches],
    ...(target === undefined ? {} : { target }),
    ...(columns.counts ? counted(words[lead - 2], words[lead - 1]) : {}),
  }
}

/** `!eth0`, `10.0.0.0/24`; nothing for what stands for all. */
function inverted(option: string, word: string, all: readonly string[]): FilterMatch | undefined {
  const not = word.startsWith('!')
  const value = not ? word.slice(1) : word
  return all.includes(value) && !not ? undefined : { option, not, values: [value] }
}

/** The text behind the n-th word, as it stands: comments and prefixes hold blanks. */
function behind(text: string, words: number): string {
  let at = 0
  for (let word = 0; word < words; word++) {
    while (/\s/.test(text[at] ?? '')) at++
    while (at < text.length && !/\s/.test(text[at] ?? '')) at++
  }
  return text.slice(at).trim()
}

/** Rounded without `-x`: `12K`. Nothing where they are not numbers. */
export function counted(packets: string | undefined, bytes: string | undefined): Pick<FilterRule, 'counters'> {
  const [p, b] = [packets, bytes].map((text) => {
    const [, digits, unit = ''] = /^(\d{1,15})([KMGT]?)$/.exec(text ?? '') ?? []
    return digits === undefined ? undefined : Number(digits) * 1000 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit)
  })
  return p === undefined || b === undefined ? {} : { counters: { packets: p, bytes: b } }
}
