/** What keepalived knows as a keyword at which place, and what it wants behind it. */
import type { Rule } from './rule.ts'
import { INCLUDE } from './words.ts'

/**
 * The keywords of one block. A keyword that any release from 1.2 to 2.4 accepts at this place is here: the text does not
 * say which release reads it, and calling a valid line unknown is worse than missing a typo.
 */
export interface BlockSchema {
  /** Keywords with arguments only. */
  readonly words: ReadonlySet<string>
  /** Keywords whose block holds values (addresses, names), one per line, not keywords. */
  readonly lists: ReadonlySet<string>
  /** Keywords whose block holds keywords. */
  readonly blocks: ReadonlyMap<string, BlockSchema>
  /** Keywords that people write here and that current releases do not want here. */
  readonly obsolete: ReadonlySet<string>
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
  readonly rule?: string
  /** What the keyword's own arguments have to be, where its block has lines too. */
  readonly head?: string
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

/** A block from blank-separated lists of `keyword` or `keyword=rule`. */
export function block(parts: BlockParts): BlockSchema {
  const known = new Map<string, Entry>()
  const heads = rulesOf(parts.heads)
  const headOf = (word: string) => ({ ...(heads.get(word) === undefined ? {} : { head: heads.get(word) as string }) })
  const add = (list: string | undefined, kind: Kind, more: (word: string) => Partial<Entry>) => {
    const rules = rulesOf(list)
    for (const [word, rule] of rules) known.set(word, { kind, ...(rule === '' ? {} : { rule }), ...more(word) })
    return new Set(rules.keys())
  }
  const obsolete = add(parts.obsolete, 'obsolete', () => ({}))
  const words = add(parts.words, 'word', () => ({}))
  const lists = add(parts.lists, 'list', (word) => ({ inside: VALUES, ...headOf(word) }))
  const blocks = new Map(Object.entries(parts.blocks ?? {}))
  for (const [word, inside] of blocks) known.set(word, { kind: 'block', inside, ...headOf(word) })
  return { words, lists, blocks, obsolete, known, ...(parts.whole === undefined ? {} : { whole: parts.whole }) }
}

function rulesOf(list: string | undefined): ReadonlyMap<string, string> {
  const rules = new Map<string, string>()
  for (const item of list?.split(/\s+/) ?? []) {
    const equals = item.indexOf('=')
    if (item !== '') rules.set(equals < 0 ? item : item.slice(0, equals), equals < 0 ? '' : item.slice(equals + 1))
  }
  return rules
}

/** What a word is at the place a schema describes. `include` is read before any table is asked: known everywhere. */
export function kindOf(word: string, schema: BlockSchema): Kind {
  return schema.known.get(word)?.kind ?? (INCLUDE.test(word) ? 'include' : 'unknown')
}

/** Schema inside the braces of a keyword, undefined where the keyword opens none. */
export function insideOf(word: string, schema: BlockSchema): Inside | undefined {
  return schema.known.get(word)?.inside
}

/** Every keyword of a block, for suggestions. */
export function keywordsOf(schema: BlockSchema): string[] {
  return [...schema.blocks.keys(), ...schema.lists, ...schema.words]
}
