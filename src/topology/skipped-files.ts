/** Configuration files that keepalived passes over: by their mode, or by its own words. */
import type { Case, Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { FileEntry } from '../model/facts.ts'
import { absolute, filesItReads, MAIN_CONF } from './keepalived-files.ts'
import { saidSinceStart } from './keepalived-run.ts'

export interface SkippedFile {
  readonly path: string
  /** What a listing says; undefined where only the log tells. */
  readonly entry?: FileEntry
  /** The log says it: the line. */
  readonly logged?: Cite
  readonly cites: NonEmpty<Cite>
}

export interface Skipping {
  readonly skipped: readonly SkippedFile[]
  /** Listed lines of files that are read. */
  readonly read: readonly Cite[]
  /** Files and patterns whose mode was not seen. */
  readonly unseen: readonly string[]
}

/** A listing that shows a good mode outweighs a complaint in the log: the file was repaired since. */
export function skippedFiles(host: Host): Skipping {
  const { seen, unseen } = filesItReads(host, MAIN_CONF)
  const good = seen.filter(({ entry }) => !isSkipped(entry))
  const repaired = new Set(good.map(({ path }) => path))
  const found = new Map<string, { entry?: FileEntry; logged?: Cite }>()
  for (const { event, entry } of saidSinceStart(host, 'conf-skipped')) {
    // Of an included file keepalived logs the path as the pattern spells it: `conf.d/web.conf`.
    const path = absolute(event.path)
    if (!repaired.has(path)) found.set(path, { logged: entry.at })
  }
  for (const { path, entry } of seen) if (isSkipped(entry)) found.set(path, { ...found.get(path), entry })
  const skipped = [...found].flatMap(([path, { entry, logged }]): SkippedFile[] => {
    const cites = [...(logged ? [logged] : []), ...(entry ? [entry.at] : [])]
    return isNonEmpty(cites) ? [{ path, cites, ...(entry ? { entry } : {}), ...(logged ? { logged } : {}) }] : []
  })
  return { skipped, read: good.map(({ entry }) => entry.at), unseen }
}

/** Not S_ISREG, or any of S_IXUSR, S_IXGRP, S_IXOTH (keepalived, parser.c, since 1.3.2). */
function isSkipped(entry: FileEntry): boolean {
  return entry.type !== 'file' || (entry.mode & 0o111) !== 0
}

/** The host holds a VIP or balances: its configuration was read at the last start. */
export function showsItsConfiguration(host: Host, { topology }: Case): boolean {
  const { ipvs } = host.facts
  return (
    topology.vips.some((vip) => vip.holders.some((holder) => holder.host === host.id)) ||
    (ipvs.state === 'known' && ipvs.value.services.length > 0)
  )
}

/** Was a mode changed by hand after the listing? */
export function modesChangedSince({ id, facts: { files } }: Host, kase: Case): boolean {
  if (files.state !== 'known') return false
  const { source, order } = files.moment
  return kase.changes.some(
    ({ host, moment, text }) =>
      host === id && moment.source === source && moment.order > order && /\bchmod\b/.test(text),
  )
}
