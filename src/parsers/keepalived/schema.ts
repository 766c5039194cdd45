/** What keepalived knows as a keyword at which place. */

/**
 * The keywords of one block. A keyword that any release from 1.2 to 2.3 accepts at this place is here: the text does not
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
}

/** What stands inside the braces of a list: anything. */
export const VALUES = 'values'
export type Inside = BlockSchema | typeof VALUES

interface BlockParts {
  readonly words?: string
  readonly lists?: string
  readonly blocks?: Readonly<Record<string, BlockSchema>>
  readonly obsolete?: string
}

/** A block from blank-separated keyword lists. */
export function block(parts: BlockParts): BlockSchema {
  return {
    words: setOf(parts.words),
    lists: setOf(parts.lists),
    blocks: new Map(Object.entries(parts.blocks ?? {})),
    obsolete: setOf(parts.obsolete),
  }
}

function setOf(list: string | undefined): ReadonlySet<string> {
  return new Set(list === undefined ? [] : list.split(/\s+/).filter((word) => word !== ''))
}

export type Kind = 'word' | 'list' | 'block' | 'include' | 'obsolete' | 'unknown'

/** `include` and its variants are read before any keyword table is asked, so they are known everywhere. */
const INCLUDE = /^include[rmwba]?$/

/** What a word is at the place a schema describes. */
export function kindOf(word: string, schema: BlockSchema): Kind {
  if (schema.blocks.has(word)) return 'block'
  if (schema.lists.has(word)) return 'list'
  if (schema.words.has(word)) return 'word'
  if (schema.obsolete.has(word)) return 'obsolete'
  return INCLUDE.test(word) ? 'include' : 'unknown'
}

/** Schema inside the braces of a keyword, undefined where the keyword opens none. */
export function insideOf(word: string, schema: BlockSchema): Inside | undefined {
  return schema.blocks.get(word) ?? (schema.lists.has(word) ? VALUES : undefined)
}

/** Every keyword of a block, for suggestions. */
export function keywordsOf(schema: BlockSchema): string[] {
  return [...schema.blocks.keys(), ...schema.lists, ...schema.words]
}
