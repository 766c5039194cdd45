/** Bare keepalived.conf files that were given together: which of them are of one host, and what it is called. */
import type { Section } from '../model/evidence.ts'
import { includedBy, isMain } from '../parsers/keepalived-conf.ts'

/**
 * Sections with the host that the files themselves tell: one that another one includes is of the same host, and of
 * several called keepalived.conf each is named by its folder. One that two of them include may be of either: it stays apart.
 */
export function hostsOfFiles(sections: readonly Section[]): readonly Section[] {
  const files = sections.filter(isBareConf)
  if (files.length < 2) return sections
  const parents = parentsOf(files)
  const names = folderNames(files.filter((file) => isMain(confFile(file)) && !parents.has(file)))
  return sections.map((section) => {
    const root = rootOf(section, parents)
    const host = names.get(root) ?? root.host
    return host === section.host ? section : { ...section, host }
  })
}

/** A file as it lies on a disk, named by nothing but its own name. */
function isBareConf({ hostBy, command, shape, path }: Section): boolean {
  return hostBy === 'stem' && command === '' && shape === 'keepalived-conf' && path !== undefined
}

function confFile(section: Section): { section: Section; path?: string } {
  return section.path === undefined ? { section } : { section, path: section.path }
}

/** The one file that includes each. */
function parentsOf(files: readonly Section[]): ReadonlyMap<Section, Section> {
  const confs = files.map(confFile)
  const found = new Map<Section, Set<Section>>()
  for (const conf of confs)
    for (const { pattern, found: other } of includedBy(conf, confs)) {
      if (!names(pattern, other.path ?? '')) continue
      found.set(other.section, (found.get(other.section) ?? new Set()).add(conf.section))
    }
  return new Map([...found].flatMap(([file, [parent, second]]) => (parent && !second ? [[file, parent] as const] : [])))
}

/** Of `/etc/keepalived/conf.d/*.conf` the last folder has to agree: two nodes' files lie side by side in any folder. */
function names(pattern: string, path: string): boolean {
  if (!pattern.startsWith('/')) return true
  const [folder, ...others] = path.split('/').slice(-2, -1)
  if (folder === undefined || others.length > 0) return !/[*?[{]/.test(pattern)
  return folder === pattern.split('/').at(-2)
}

function rootOf(file: Section, parents: ReadonlyMap<Section, Section>): Section {
  const seen = new Set<Section>()
  let at = file
  for (let next = parents.get(at); next !== undefined && !seen.has(next); next = parents.get(at)) {
    seen.add(next)
    at = next
  }
  return at
}

/** The folder by which all of them differ, the nearest first; no name where there is but one, or none such. */
function folderNames(mains: readonly Section[]): ReadonlyMap<Section, string> {
  if (mains.length < 2) return new Map()
  const folders = mains.map(({ path = '' }) => path.split('/').slice(0, -1).reverse())
  const deepest = Math.max(...folders.map((parts) => parts.length))
  for (let depth = 0; depth < deepest; depth += 1) {
    const named = folders.map((parts) => parts[depth] ?? '')
    if (new Set(named).size === mains.length && !named.some((name) => name === '' || name === '.' || name === '..'))
      return new Map(mains.map((main, index) => [main, named[index] ?? '']))
  }
  return new Map(mains.map((main) => [main, main.source]))
}
