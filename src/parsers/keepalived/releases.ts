/** Which releases know a keyword. */
import { SINCE } from './releases-table.ts'

export interface Releases {
  readonly since?: string
  readonly until?: string
}

/** The last releases that knew a keyword. */
const UNTIL = '1.2.19 global_defs plugin_dir\n1.2.19 virtual_server nat_mask'

let table: ReadonlyMap<string, ReadonlyMap<string, Releases>> | undefined

/** Keywords of a block that not all releases from 1.2 to 2.4 know; `-` is the top level. */
export function releasesIn(block: string): ReadonlyMap<string, Releases> | undefined {
  table ??= read()
  return table.get(block)
}

function read(): ReadonlyMap<string, ReadonlyMap<string, Releases>> {
  const blocks = new Map<string, Map<string, Releases>>()
  const add = (text: string, key: keyof Releases) => {
    for (const line of text
      .replace(/\n {2}/g, ' ')
      .trim()
      .split('\n')) {
      const [version = '', block = '', ...keywords] = line.split(' ')
      const known = blocks.get(block) ?? new Map<string, Releases>()
      blocks.set(block, known)
      for (const keyword of keywords) known.set(keyword, { ...known.get(keyword), [key]: version })
    }
  }
  add(SINCE, 'since')
  add(UNTIL, 'until')
  return blocks
}
