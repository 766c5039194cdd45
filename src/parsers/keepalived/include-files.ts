/** Which of the files at hand an `include` line means. */
import { fitsGlob } from '../../lib/glob.ts'
import type { Section } from '../../model/evidence.ts'
import { INCLUDE } from './words.ts'

export interface ConfFile {
  readonly section: Section
  /** Absolute where the evidence tells; undefined for a text without a name. */
  readonly path?: string
}

const MOST_ALTERNATIVES = 64
const LONGEST_PATTERN = 512

/**
 * Files that fit, in the order keepalived reads them: glob() sorts the matches of each brace alternative. A relative
 * pattern starts at the folder of the file it stands in, because keepalived changes into it (open_conf_file()).
 */
export function filesFor(pattern: string, from: ConfFile, files: readonly ConfFile[]): readonly ConfFile[] {
  const found = new Set<ConfFile>()
  for (const one of alternatives(pattern)) {
    const wanted = partsOf(one.startsWith('/') ? one : `${folderOf(from.path)}${one}`)
    const fitting = files.filter((file) => file !== from && file.path !== undefined && fits(wanted, partsOf(file.path)))
    for (const file of fitting.sort((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1))) found.add(file)
  }
  return [...found]
}

/** What the `include` lines of a file find among the files at hand, with the pattern of the line. */
export function includedBy(
  file: ConfFile,
  files: readonly ConfFile[],
): readonly { readonly pattern: string; readonly found: ConfFile }[] {
  return file.section.lines.flatMap((line) => {
    if (!line.includes('include')) return []
    const [word = '', ...rest] = line.trim().split(/[ \t]+/)
    if (!INCLUDE.test(word)) return []
    const pattern = rest.join(' ').replace(/[ \t]*[#!].*$/, '')
    return filesFor(pattern, file, files).map((found) => ({ pattern, found }))
  })
}

/** Files that keepalived would start with: the main one first, then those that nothing at hand includes. */
export function rootsOf(files: readonly ConfFile[]): readonly ConfFile[] {
  const included = new Set(files.flatMap((file) => includedBy(file, files).map(({ found }) => found)))
  const roots = files.filter((file) => !included.has(file) || isMain(file))
  const all = roots.length === 0 ? files.slice(0, 1) : roots
  return [...all].sort((a, b) => Number(isMain(b)) - Number(isMain(a)))
}

export function isMain({ path }: ConfFile): boolean {
  return path !== undefined && /(?:^|\/)keepalived\.conf$/.test(path)
}

export function folderOf(path: string | undefined): string {
  return path === undefined ? '' : path.slice(0, path.lastIndexOf('/') + 1)
}

/** A name told without its folder is compared with the end of one that is complete. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const absolute = pattern[0] === '' && path[0] === ''
  const bothRelative = pattern[0] !== '' && path[0] !== ''
  if ((absolute || bothRelative) && pattern.length !== path.length) return false
  if (pattern[0] === '' && path.length > pattern.length) return false
  if (path[0] === '' && pattern.length > path.length) return false
  const count = Math.min(pattern.length, path.length)
  for (let back = 1; back <= count; back++)
    if (fitsGlob(pattern[pattern.length - back] ?? '', path[path.length - back] ?? '') !== true) return false
  return true
}

/** Without `.` and `..`; an absolute path begins with an empty part. */
function partsOf(path: string): readonly string[] {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '') parts.pop()
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part)
  }
  return parts
}

/** `{a,b{c,d}}` as csh and GLOB_BRACE expand it; a pattern nobody would write is taken as it stands. */
function alternatives(pattern: string): readonly string[] {
  let open: readonly string[] = [pattern.slice(0, LONGEST_PATTERN)]
  for (;;) {
    const next = open.flatMap((one) => {
      const inner = /\{([^{}]*)\}/.exec(one)
      if (inner === null) return [one]
      return (inner[1] ?? '')
        .split(',')
        .map((part) => one.slice(0, inner.index) + part + one.slice(inner.index + inner[0].length))
    })
    if (next.length > MOST_ALTERNATIVES || next.every((one) => !/\{[^{}]*\}/.test(one)))
      return next.slice(0, MOST_ALTERNATIVES)
    open = next
  }
}
