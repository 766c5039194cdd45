/** Include lines of a keepalived.conf, and what shows that each finds a file or none. */
import { fitsGlob } from '../lib/glob.ts'
import type { Case, Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { FileEntry } from '../model/facts.ts'
import { absenceOf } from './absent-files.ts'
import { absolute } from './keepalived-files.ts'

export interface Include {
  /** As written. */
  readonly pattern: string
  readonly path: string
  readonly at: Cite
  /** A file that fits: its text, or its line in a listing. */
  readonly found?: Cite
  /** Lines that show that there is none. */
  readonly missing: readonly Cite[]
  /** keepalived itself missed it at its last start. */
  readonly logged: boolean
  /** Files in the same folder, which may be what was meant. */
  readonly beside: readonly FileEntry[]
}

const MOST_INCLUDES = 100
const MOST_BESIDE = 3

export function includesOf(host: Host, kase: Case): readonly Include[] {
  const { keepalived: conf, files } = host.facts
  if (conf.state === 'missing') return []
  const entries = files.state === 'known' ? files.value.entries : []
  const texts = conf.from.flatMap((cite) => {
    const path = kase.sections.get(cite.section)?.path
    return path === undefined ? [] : [{ path, at: cite }]
  })
  return conf.value.includes.slice(0, MOST_INCLUDES).map(({ value: pattern, at }) => {
    const path = absolute(pattern)
    const folder = folderOf(path)
    const here = entries.filter((entry) => folderOf(entry.path) === folder && entry.type !== 'directory')
    const open = (conf.value.unresolved ?? []).some((one) => one.at.line === at.line && one.at.section === at.section)
    // Of files given together the path is that of the reader's machine: the reader has found them.
    const found =
      [...texts, ...here].find((file) => folderOf(file.path) === folder && fits(path, file.path)) ??
      (open ? undefined : texts.find((file) => fits(path, file.path)))
    const { lines, logged } = absenceOf(host, path)
    // Of sets and braces (`[ab].conf`) a listing does not tell whether they find anything; keepalived does.
    const readable = fitsGlob(nameOf(path), '') !== undefined
    const missing = found === undefined && (readable || logged) ? lines : []
    return {
      pattern,
      path,
      at,
      missing,
      logged,
      beside: here.slice(0, MOST_BESIDE),
      ...(found ? { found: found.at } : {}),
    }
  })
}

/** A pattern in the folder's part is not followed: then neither is anything found there. */
function fits(pattern: string, path: string): boolean {
  return fitsGlob(nameOf(pattern), nameOf(path)) === true
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
