/** Which files keepalived reads, and what listings say of them. */
import { fitsGlob } from '../lib/glob.ts'
import type { Case, Host } from '../model/case.ts'
import type { Known } from '../model/evidence.ts'
import type { FileEntry, KeepalivedConf } from '../model/facts.ts'

export const MAIN_CONF = '/etc/keepalived/keepalived.conf'

/** More `include` lines than any real configuration has; the rest counts as not seen. */
const MOST_INCLUDES = 100
const MOST_LINKS = 8

export interface ReadFiles {
  /** Files that keepalived opens, with what a listing says of what it finds there. */
  readonly seen: readonly { readonly path: string; readonly entry: FileEntry }[]
  /** Paths and patterns that no listing shows. */
  readonly unseen: readonly string[]
}

/** The main file and what it includes, looked up among the files that were listed. */
export function filesItReads(host: Host, main: string): ReadFiles {
  const { files, keepalived } = host.facts
  const entries = files.state === 'known' ? files.value.entries : []
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const byFolder = new Map<string, FileEntry[]>()
  for (const entry of entries) {
    const siblings = byFolder.get(folderOf(entry.path)) ?? []
    byFolder.set(folderOf(entry.path), siblings)
    siblings.push(entry)
  }
  const includes = keepalived.state === 'known' ? keepalived.value.includes : []
  const patterns = [main, ...includes.slice(0, MOST_INCLUDES).map((word) => absolute(word.value, folderOf(main)))]
  const seen: { path: string; entry: FileEntry }[] = []
  const unseen = includes.slice(MOST_INCLUDES).map((word) => word.value)
  for (const pattern of new Set(patterns)) {
    const named = /[*?[{]/.test(pattern)
      ? (byFolder.get(folderOf(pattern)) ?? []).filter((entry) => fitsGlob(nameOf(pattern), nameOf(entry.path)))
      : [byPath.get(pattern)]
    const found = named.flatMap((entry) => {
      const target = entry && behindLinks(entry, byPath)
      // A folder that fits an include pattern is passed over (glob with GLOB_MARK, parser.c).
      if (!entry || !target || (target.type === 'directory' && pattern !== main)) return []
      return [{ path: entry.path, entry: target }]
    })
    seen.push(...found)
    if (found.length === 0) unseen.push(pattern)
  }
  return { seen, unseen }
}

/** keepalived opens a file and looks at what it has opened (fstat): of a symbolic link the target counts. */
function behindLinks(entry: FileEntry, byPath: ReadonlyMap<string, FileEntry>): FileEntry | undefined {
  let at: FileEntry | undefined = entry
  for (let hops = 0; at?.type === 'link'; hops += 1) {
    if (at.target === undefined || hops === MOST_LINKS) return undefined
    at = byPath.get(absolute(at.target, folderOf(at.path)))
  }
  return at
}

/** Was every included file seen too? Only then is something that the text lacks really absent. */
export function isComplete(conf: Known<KeepalivedConf>, kase: Case): boolean {
  if (!conf.whole) return false
  // Every line found a file among those at hand, or there is none.
  if (conf.value.unresolved === undefined) return true
  const paths = conf.from.flatMap((cite) => kase.sections.get(cite.section)?.path ?? [])
  return conf.value.includes.slice(0, MOST_INCLUDES + 1).every((word, index) => {
    const pattern = absolute(word.value)
    return (
      index < MOST_INCLUDES &&
      paths.some((path) => folderOf(path) === folderOf(pattern) && fitsGlob(nameOf(pattern), nameOf(path)))
    )
  })
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** An absolute path without `.` and `..`; keepalived reads a relative one from the folder of the file that names it. */
export function absolute(path: string, folder = folderOf(MAIN_CONF)): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
