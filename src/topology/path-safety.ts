/** Could anybody but root replace this file? keepalived asks that of every element of a script's path (notify.c). */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { FileEntry } from '../model/facts.ts'

export interface PathSafety {
  /** The first element that others could change. */
  readonly unsafe?: { readonly path: string; readonly what: string; readonly at: Cite }
  /** Elements whose owner and mode were not seen. */
  readonly unseen: readonly string[]
  /** Lines of elements that are in order. */
  readonly safe: readonly Cite[]
}

const STICKY = 0o1000

export function pathSafety({ facts: { files } }: Host, path: string): PathSafety {
  const entries = new Map(files.state === 'known' ? files.value.entries.map((entry) => [entry.path, entry]) : [])
  const unseen: string[] = []
  const safe: Cite[] = []
  for (const element of elementsOf(path)) {
    const entry = entries.get(element)
    if (entry === undefined || entry.type === 'link' || entry.owner === undefined) {
      // The root folder is root's on every system, and no collector lists it.
      if (element !== '/') unseen.push(element)
      continue
    }
    const what = changeable(entry)
    if (what !== undefined) return { unsafe: { path: element, what, at: entry.at }, unseen, safe }
    safe.push(entry.at)
  }
  return { unseen, safe }
}

/** `/`, `/etc`, `/etc/keepalived`, `/etc/keepalived/check.sh`. */
export function elementsOf(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)]
}

function changeable({ owner, group, mode, type }: FileEntry): string | undefined {
  if (owner !== 'root' && owner !== '0') return `belongs to ${owner}`
  // In a folder with the sticky bit nobody can replace what is root's.
  if (type === 'directory' && (mode & STICKY) !== 0) return undefined
  if ((mode & 0o002) !== 0) return 'may be written by everybody'
  return (mode & 0o020) !== 0 && group !== 'root' && group !== '0' ? `may be written by the group ${group}` : undefined
}
