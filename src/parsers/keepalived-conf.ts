/** keepalived.conf -> tree, problems and meaning. */

import { NotUnderstood } from '../model/errors.ts'
import type { Parser, Reading, Section } from '../model/evidence.ts'
import type { KeepalivedConf } from '../model/facts.ts'
import type { ConfFile } from './keepalived/include-files.ts'
import { readConf, readFragment } from './keepalived/read-conf.ts'

export { includedBy, isMain } from './keepalived/include-files.ts'
export { resolveIncludes } from './keepalived/resolve-includes.ts'

/**
 * Reads the text of a keepalived.conf, or of several printed one after another. `root` and `problems` follow what the
 * author wrote; instances, servers and the rest follow what keepalived 2.2 makes of it, which differs where a block is
 * broken. `ends` when all braces are closed. Includes stay unresolved: see resolveIncludes(). A file with another name
 * that opens no block is a part of one: `partial`. Format: keepalived.conf(5).
 * @throws NotUnderstood when no top-level block of keepalived is opened and nothing is included.
 */
export const keepalivedConf: Parser<KeepalivedConf> = {
  format: 'keepalived-conf',
  parse(section: Section): Reading<KeepalivedConf> {
    const file: ConfFile = { section, ...(section.path === undefined ? {} : { path: section.path }) }
    const { blocks, reading } = readConf(file, [file])
    if (blocks > 0 || reading.value.includes.length > 0) return reading
    const fragment = readFragment(file, reading)
    if (fragment === undefined) throw new NotUnderstood('no block of a keepalived.conf')
    return fragment
  },
}
