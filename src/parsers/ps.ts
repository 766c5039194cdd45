/** `ps axww`, `ps -ef`, `ps aux`, `ps -eo pid,args`, `pgrep -a`. */
import { wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Processes } from '../model/facts.ts'
import { type Columns, columnsOfLine, columnsOfTitles } from './ps/columns.ts'

/** The first `before` words, and the rest of the line as it stands. */
function cut(text: string, before: number): { readonly words: readonly string[]; readonly rest: string } {
  const words: string[] = []
  const next = /\S+\s*/y
  for (let at = 0; words.length < before; at = next.lastIndex) {
    next.lastIndex = at
    const found = next.exec(text)
    if (found === null) return { words, rest: '' }
    words.push(found[0].trimEnd())
  }
  return { words, rest: text.slice(next.lastIndex) }
}

/** Lines that `ps f` and `pstree` style draw in front of a child: `|   \_ keepalived -D`. */
const TREE = /^[|\\_ ]*\\_ /

/**
 * Processes with their command lines. Columns are counted by the line of titles, or told by the shape of the line.
 * @throws NotUnderstood without a process.
 */
export const ps: Parser<Processes> = {
  format: 'ps',
  parse(section: Section): Reading<Processes> {
    const processes: Processes['processes'][number][] = []
    const unread: Unread[] = []
    let titled: Columns | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      const titles = /\bPID\b/.test(text) ? columnsOfTitles(text.split(/\s+/)) : undefined
      if (titles !== undefined) {
        titled = titles
        return
      }
      const columns = titled ?? columnsOfLine(text, section.command)
      const { words, rest } = cut(text, columns?.before ?? 0)
      const pid = wholeNumber(words[columns?.pid ?? 0])
      const command = rest.replace(TREE, '')
      if (columns === undefined || pid === undefined || command === '') unread.push(unreadLine(section, index))
      else {
        const ppid = columns.ppid === undefined ? undefined : wholeNumber(words[columns.ppid])
        processes.push({ pid, ...(ppid === undefined ? {} : { ppid }), command, at: citeLine(section, index) })
      }
    })
    if (processes.length === 0) throw new NotUnderstood('no process')
    return { value: { processes }, unread }
  },
}
