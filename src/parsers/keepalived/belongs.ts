/** In which blocks a keyword is one. */
import { type BlockSchema, blocksIn } from './schema.ts'
import { ROOT } from './schema-root.ts'

let places: ReadonlyMap<string, readonly string[]> | undefined

/** Names of the blocks that know a keyword; made when first asked, because most configurations never ask. */
export function blocksThatKnow(word: string): readonly string[] {
  places ??= collect(ROOT, 'the top level', new Map())
  return places.get(word) ?? []
}

function collect(schema: BlockSchema, name: string, into: Map<string, string[]>): ReadonlyMap<string, string[]> {
  for (const [word, { kind }] of schema.known) {
    const names = into.get(word) ?? []
    if (kind !== 'obsolete' && !names.includes(name)) names.push(name)
    if (names.length > 0) into.set(word, names)
  }
  for (const [word, inside] of blocksIn(schema)) collect(inside, word, into)
  return into
}
