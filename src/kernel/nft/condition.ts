/** One condition of a rule of nft: comparison and values, as matches of the packet walk. */
import type { FilterMatch } from '../../model/facts.ts'
import type { Key } from './keys.ts'
import { bare, type Words } from './words.ts'

/** Elements of named sets, by name; undefined: the set was not listed. */
export type Sets = ReadonlyMap<string, readonly string[]>

/** More alternatives than this of a concatenation count as not decidable. */
const MOST = 500

/** Alternatives: the rule matches where all matches of one of them do. */
export type Alternatives = readonly (readonly FilterMatch[])[]

/** The comparison behind `key`; undefined: not one that is known, and nothing is taken. */
export function readCondition(words: Words, keys: readonly [Key, ...Key[]], sets: Sets): Alternatives | undefined {
  const [key] = keys
  const implied = keys.flatMap(({ implies }) => implies)
  if (keys.length === 1 && key.option === 'tcp flags') return [[...implied, tcpFlags(words)]]
  const mask = keys.length === 1 && words.peek() === '&' ? words.peek(1) : undefined
  if (mask !== undefined) words.at += 2
  // `ct state ! new,established` is how a list of bits is negated.
  const not = words.take('!=') || words.take('!')
  if (!not) words.take('==')
  if (/^(?:[<>]=?|[&|^]|lt|gt|le|ge)$/.test(words.peek())) return undefined
  const values = readValues(words, sets)
  if (values === undefined) return undefined
  if (keys.length > 1) return concatenated(keys, values, not, implied)
  const whole = mask === undefined ? values : values.map((value) => `${value}/${mask}`)
  return [[...implied, match(key.option, whole, not)]]
}

export function match(option: string, values: readonly string[], not = false): FilterMatch {
  return { option, module: 'nft', not, values }
}

/** `{ … }`, `@name`, `established,related`, one word. */
export function readValues(words: Words, sets: Sets): readonly string[] | undefined {
  if (words.peek() === '{') return words.braces().map(bare)
  const word = words.next()
  if (word.startsWith('@')) return sets.get(word.slice(1))
  // `ct state new,established` and, as some releases print it, `new, established`.
  const list = [...word.split(',')]
  while (words.take(',')) list.push(words.next())
  return list.map(bare).filter((value) => value !== '')
}

/** `ip saddr . tcp dport { 10.0.0.1 . 80 }`: one alternative for each element. A negated one is none of them. */
function concatenated(
  keys: readonly Key[],
  values: readonly string[],
  not: boolean,
  implied: readonly FilterMatch[],
): Alternatives | undefined {
  if (not || values.length > MOST) return undefined
  return values.map((value) => {
    const parts = value.split(' . ')
    return [...implied, ...keys.map(({ option }, at) => match(option, [bare(parts[at] ?? '')]))]
  })
}

/** `syn / fin,syn,rst,ack`, `& (fin | syn) == syn`, `!= syn / …`, `syn`. */
function tcpFlags(words: Words): FilterMatch {
  let mask: string | undefined
  if (words.take('&')) mask = flagList(words)
  const not = words.take('!=')
  if (!not) words.take('==')
  const set = flagList(words)
  if (words.take('/')) mask = flagList(words)
  if (mask !== undefined) return { option: 'tcp flags', module: 'nft', not, values: [mask, set] }
  // Without a mask any of the flags is enough; negated, it is an exact comparison in some releases and not in others.
  if (not || set.includes(',')) return match(`tcp flags ${set}`, [])
  return match('tcp flags', [set, set])
}

function flagList(words: Words): string {
  const flags: string[] = []
  let open = false
  do {
    const word = words.next()
    open ||= word.startsWith('(')
    flags.push(
      ...word
        .replace(/[()]/g, '')
        .split(',')
        .filter((flag) => flag !== ''),
    )
    if (word.endsWith(')')) open = false
  } while (words.take('|') || (open && !words.done))
  return flags.map((flag) => (flag === '0x0' ? 'NONE' : flag)).join(',')
}
