/** A rule of nft in the words of the packet walk: one rule, or several where a map or a concatenation decides. */
import type { FilterMatch, FilterTarget } from '../../model/facts.ts'
import { type Alternatives, match, readCondition, readValues, type Sets } from './condition.ts'
import { type Key, readKey } from './keys.ts'
import { readStatement, readVerdict } from './statement.ts'
import { bare, Words, wordsOf } from './words.ts'

export interface Step {
  readonly matches: readonly FilterMatch[]
  readonly target?: FilterTarget
}

/** Lists of pairs multiply. */
const MOST_WAYS = 2000

/** What is not understood becomes a condition that cannot be decided. Never empty. */
export function translateRule(text: string, sets: Sets): readonly Step[] {
  const words = new Words(wordsOf(text))
  let ways: Alternatives = [[]]
  const steps: Step[] = []
  const emit = (target: FilterTarget, more: readonly FilterMatch[] = []): void => {
    for (const matches of ways) steps.push({ matches: [...matches, ...more], target })
  }
  while (!words.done) {
    const start = words.at
    const keys = readKeys(words)
    const condition = keys && words.peek() !== 'set' ? readCompared(words, keys, sets) : undefined
    if (condition?.is === 'map') {
      for (const { matches, target } of condition.steps) emit(target, matches)
      continue
    }
    if (condition?.is === 'ways' && ways.length * condition.ways.length <= MOST_WAYS) {
      ways = ways.flatMap((way) => condition.ways.map((more) => [...way, ...more]))
      continue
    }
    words.at = start
    const statement = readStatement(words)
    if (statement?.is === 'target') emit(statement.target)
    if (statement !== undefined) continue
    words.at = start
    const skipped = skipUnknown(words)
    // A map nobody can follow may say anything: no chain has its name, so its effect cannot be told.
    if (/(?:^| )vmap /.test(skipped)) emit({ name: skipped, goto: false, options: {} })
    const doubt = match(skipped, [])
    ways = ways.map((way) => [...way, doubt])
  }
  return steps.length > 0 ? steps : ways.map((matches) => ({ matches }))
}

function readKeys(words: Words): readonly [Key, ...Key[]] | undefined {
  const first = readKey(words)
  if (first === undefined) return undefined
  const keys: [Key, ...Key[]] = [first]
  while (words.take('.')) {
    const key = readKey(words)
    if (key === undefined) return undefined
    keys.push(key)
  }
  return keys
}

type Compared =
  | { readonly is: 'ways'; readonly ways: Alternatives }
  | { readonly is: 'map'; readonly steps: readonly Required<Step>[] }

function readCompared(words: Words, keys: readonly [Key, ...Key[]], sets: Sets): Compared | undefined {
  if (words.peek() !== 'vmap') {
    const ways = readCondition(words, keys, sets)
    return ways && { is: 'ways', ways }
  }
  words.next()
  const elements = words.peek() === '{' ? words.braces() : readValues(words, sets)
  const steps = elements?.map((element) => mapped(element, keys))
  return steps?.every((step) => step !== undefined) ? { is: 'map', steps } : undefined
}

/** `22 : accept`, `10.0.0.1 . 80 : jump web`. */
function mapped(element: string, keys: readonly Key[]): Required<Step> | undefined {
  const colon = element.lastIndexOf(' : ')
  const verdict = colon < 0 ? undefined : readVerdict(new Words(wordsOf(element.slice(colon + 3))))
  if (verdict === undefined) return undefined
  const parts = element.slice(0, colon).split(' . ')
  const implied = keys.flatMap(({ implies }) => implies)
  const asked = keys.map(({ option }, at) => match(option, [bare((parts[at] ?? '').trim())]))
  const target = verdict.is === 'target' ? verdict.target : { name: 'RETURN', goto: false, options: {} }
  return verdict.is === 'passing' ? undefined : { matches: [...implied, ...asked], target }
}

/** Words up to the next thing that is known; at least one. */
function skipUnknown(words: Words): string {
  const skipped: string[] = []
  do {
    if (words.peek() === '{') skipped.push(`{ ${words.braces().join(', ')} }`)
    else skipped.push(words.next())
  } while (!words.done && !beginsKnown(words))
  return skipped.join(' ')
}

function beginsKnown(words: Words): boolean {
  const start = words.at
  const known = readKey(words) !== undefined || readStatement(words) !== undefined
  words.at = start
  return known
}
