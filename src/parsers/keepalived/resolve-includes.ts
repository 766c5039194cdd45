/** Several files of one host read as keepalived reads them: from the main file, each include at its place. */
import type { Reading } from '../../model/evidence.ts'
import type { KeepalivedConf } from '../../model/facts.ts'
import { type ConfFile, rootsOf } from './include-files.ts'
import { joinConfs } from './join-confs.ts'
import { type ReadConf, readConf, readFragment } from './read-conf.ts'

export interface ReadOptions {
  /** What `keepalived -i` says; without it, the host's own name where the text asks for it. */
  readonly configId?: string
}

/**
 * Every node of the tree keeps the section and line it stands in. A pattern that fits no file at hand stays in
 * `unresolved`. Files that nothing includes are configurations of their own, read one after another; one of them that
 * opens no block and is no main file is a part of something not at hand, so that the reading is `partial`. Linear in the
 * size of what is read; a file included many times is read as often, as keepalived does, up to a limit.
 */
export function resolveIncludes(files: readonly ConfFile[], options: ReadOptions = {}): Reading<KeepalivedConf> {
  const seen = new Set<ConfFile>()
  const readings: Reading<KeepalivedConf>[] = []
  for (const root of rootsOf(files)) {
    if (seen.has(root)) continue
    const read = readConf(root, files, options.configId)
    for (const file of read.seen) seen.add(file)
    readings.push(partOf(root, read))
  }
  return {
    value: joinConfs(readings.map(({ value }) => value)),
    unread: readings.flatMap(({ unread }) => unread),
    ends: readings.every(({ ends }) => ends === true),
    ...(readings.some(({ partial }) => partial) ? { partial: true } : {}),
  }
}

function partOf(root: ConfFile, { blocks, reading }: ReadConf): Reading<KeepalivedConf> {
  const isConf = blocks > 0 || reading.value.includes.length > 0
  return isConf ? reading : (readFragment(root, reading) ?? reading)
}
