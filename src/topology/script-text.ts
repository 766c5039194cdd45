/** The text of a check script, where somebody has listed it. */
import type { Case, Host } from '../model/case.ts'
import { type Cite, citeLine, type Section } from '../model/evidence.ts'

export interface ScriptText {
  readonly lines: readonly string[]
  /** Nothing is cut off at its end. */
  readonly whole: boolean
  /** Cite of a line by its index. */
  at(index: number): Cite
}

/** Interpreters that get the script as their first word. */
const SHELLS = /^(?:ba|da|a|k|z)?sh$/

/** File of `script "/bin/sh /etc/keepalived/check.sh arg"`; undefined for a command that is no path. */
export function scriptFile(command: string): string | undefined {
  const [first = '', second = ''] = command.trim().split(/\s+/)
  const file = SHELLS.test(baseOf(first)) && !second.startsWith('-') ? second : first
  return file.startsWith('/') && !file.startsWith('/dev/') ? file : undefined
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The latest listing of that file on this host: by its path, or unnamed next to a command that names it. */
export function scriptText(host: Host, path: string, kase: Case): ScriptText | undefined {
  let found: Section | undefined
  for (const section of kase.sections.values()) {
    // `cat: Permission denied` is no text.
    if (
      section.shape !== 'script' ||
      (section.exit ?? 0) !== 0 ||
      !host.names.includes(section.host) ||
      !host.sources.includes(section.source)
    )
      continue
    if (shows(section, path, host)) found = section
  }
  if (found === undefined) return undefined
  const section = found
  return {
    lines: section.lines,
    whole: section.whole || (section.command === '' && neighbours(section, host).after !== undefined),
    at: (index) => citeLine(section, index),
  }
}

function shows(section: Section, path: string, host: Host): boolean {
  if (section.path !== undefined)
    return section.path === path || (!section.path.startsWith('/') && baseOf(section.path) === baseOf(path))
  if (section.command !== '') return false
  // An article shows a script, and `chmod +x FILE` right behind it or `vim FILE` right before it.
  const { before, after } = neighbours(section, host)
  return [before, after].some((words) => words?.some((word) => word === path || word === baseOf(path)) === true)
}

/** Words of the commands that stand right before and behind a section. */
function neighbours(section: Section, { facts }: Host): Partial<Record<'before' | 'after', readonly string[]>> {
  const { commands } = facts
  if (commands.state !== 'known') return {}
  const near = commands.value.commands.filter(
    ({ how, at }) =>
      how !== 'script' && (at.section === `${section.source}#0` || at.section.startsWith(`${section.source}#`)),
  )
  const before = near.findLast(({ order }) => order < section.order)
  const after = near.find(({ order }) => order > section.order)
  return { ...(before && { before: before.words }), ...(after && { after: after.words }) }
}
