/** `ls -l` in all its sizes: `-la`, `-ld`, `-lZ`, `-li`, several folders, other languages. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { FileEntry, FileListing } from '../model/facts.ts'
import { readListedFile } from './ls/entry.ts'
import { joinPath, placeOfCommand } from './ls/place.ts'

/** `total 4` in the languages that people paste. */
const TOTAL = /^(?:total|总用量|總用量|总计|合計|insgesamt) \d\S*$/

/**
 * Files with their permission bits. Paths are absolute where the command, a `folder:` line or the names themselves tell
 * the folder. `folders` lists what was listed as a whole: only there does a file that is not named not exist.
 * @throws NotUnderstood without an entry or a `total` line.
 */
export const ls: Parser<FileListing> = {
  format: 'ls',
  parse(section: Section): Reading<FileListing> {
    const place = placeOfCommand(section.command)
    const [first = '.'] = place.operands
    const only = place.operands.length <= 1 && !place.folders ? first : undefined
    const entries: FileEntry[] = []
    const folders: { path: string; at: FileEntry['at'] }[] = []
    const unread: Unread[] = []
    let folder: string | undefined
    const below = (name: string): string => joinPath(place.base, name === '.' && place.base === undefined ? '' : name)
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      const at = citeLine(section, index)
      if (text === '') return
      if (TOTAL.test(text)) {
        folder ??= only === undefined ? undefined : below(only)
        if (folder?.startsWith('/')) folders.push({ path: joinPath(folder, '.'), at })
        return
      }
      const heading = /^(\S.*):$/.exec(text)
      const file = readListedFile(text)
      if (file !== undefined) {
        const { name, ...rest } = file
        entries.push({
          path: folder === undefined || folder === '' ? below(name) : joinPath(folder, name),
          ...rest,
          at,
        })
      } else if (heading !== null && (/^[./]/.test(text) || place.operands.includes(heading[1] as string))) {
        folder = below(heading[1] as string)
      } else unread.push(unreadLine(section, index))
    })
    if (entries.length === 0 && folders.length === 0 && !section.lines.some((line) => TOTAL.test(line.trim())))
      throw new NotUnderstood('no line of a long listing')
    return { value: { entries, ...(folders.length === 0 ? {} : { folders }) }, unread }
  },
}
