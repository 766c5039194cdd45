/** What keepalived knows as a keyword at which place, and what it wants behind it. */
import type { Rule } from './rule.ts'
import { INCLUDE } from './words.ts'

/**
 * The keywords of one block. A keyword that any release from 1.2 to 2.4 accepts at this place is here: the text does not
 * say which release reads it, and calling a valid line unknown is worse than missing a typo.
 */
export interface BlockSchema {
  /** All of them: one look-up for each line of a text. */
  readonly known: ReadonlyMap<string, Entry>
  /** Keywords parted by `|`, of which one has to be right in the block; `~` before them: be there. */
  readonly whole?: string
}

/** What stands inside the braces of a list: anything. */
export const VALUES = 'values'
export type Inside = BlockSchema | typeof VALUES

export type Kind = 'word' | 'list' | 'block' | 'include' | 'obsolete' | 'unknown'

export interface Entry {
  readonly kind: Kind
  readonly inside?: Inside
  /** What its arguments have to be, or each line of its list: see arg-rules.ts. */
  readonly rule?: string | undefined
  /** What the keyword's own arguments have to be, where its block has lines too. */
  head?: string | undefined
  /** The rule of the keyword's own arguments, made when it is first asked for. */
  made?: Rule
}

interface BlockParts {
  readonly words?: string
  readonly lists?: string
  readonly blocks?: Readonly<Record<string, BlockSchema>>
  readonly obsolete?: string
  /** Rules of the arguments of blocks. */
  readonly heads?: string
  readonly whole?: string
}

/** A block from blank-separated lists of `keyword` or `keyword=rule`. Most texts need few blocks: the table is made at the first look. */
export function block(parts: BlockParts): BlockSchema {
  let known: ReadonlyMap<string, Entry> | undefined
  return {
    get known() {
      known ??= tableOf(parts)
      return known
    },
    ...(parts.whole === undefined ? {} : { whole: parts.whole }),
  }
}

function tableOf({ obsolete, words, lists, blocks = {}, heads }: BlockParts): ReadonlyMap<string, Entry> {
  const known = new Map<string, Entry>()
  eachRule(obsolete, (word, rule) => known.set(word, { kind: 'obsolete', rule }))
  eachRule(words, (word, rule) => known.set(word, { kind: 'word', rule }))
  eachRule(lists, (word, rule) => known.set(word, { kind: 'list', rule, inside: VALUES }))
  for (const word in blocks) known.set(word, { kind: 'block', inside: blocks[word] as BlockSchema })
  eachRule(heads, (word, head) => {
    const entry = known.get(word)
    if (entry !== undefined) entry.head = head
  })
  return known
}

function eachRule(list: string | undefined, see: (word: string, rule: string | undefined) => void): void {
  for (const item of list?.split(/\s+/) ?? []) {
    const equals = item.indexOf('=')
    if (equals > 0) see(item.slice(0, equals), item.slice(equals + 1))
    else if (item !== '') see(item, undefined)
  }
}

/** What a word is at the place a schema describes. `include` is read before any table is asked: known everywhere. */
export function kindOf(word: string, schema: BlockSchema): Kind {
  return schema.known.get(word)?.kind ?? (INCLUDE.test(word) ? 'include' : 'unknown')
}

/** Schema inside the braces of a keyword, undefined where the keyword opens none. */
export function insideOf(word: string, schema: BlockSchema): Inside | undefined {
  return schema.known.get(word)?.inside
}

/** Keywords of one kind, in the order they are listed. */
export function wordsOf(kind: Kind, schema: BlockSchema): string[] {
  return [...schema.known].flatMap(([word, entry]) => (entry.kind === kind ? [word] : []))
}

/** The blocks that may stand in a block. */
export function blocksIn(schema: BlockSchema): [string, BlockSchema][] {
  return [...schema.known].flatMap(([word, { inside }]): [string, BlockSchema][] =>
    inside === undefined || inside === VALUES ? [] : [[word, inside]],
  )
}

/** Every keyword of a block, for suggestions. */
export function keywordsOf(schema: BlockSchema): string[] {
  return [...wordsOf('block', schema), ...wordsOf('list', schema), ...wordsOf('word', schema)]
}
