/** `ls -l` in all its sizes: `-la`, `-ld`, `-lZ`, `-li`, several folders, other languages. */
import { missingFile } from '../lib/no-such-file.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { FileEntry, FileListing } from '../model/facts.ts'
import { readListedFile } from './ls/entry.ts'
import { askedFolder, joinPath, placeOfCommand } from './ls/place.ts'

/** `total 4` in the languages that people paste. */
const TOTAL = /^(?:total|总用量|總用量|总计|合計|insgesamt) \d\S*$/

/**
 * Files with their permission bits. Paths are absolute where the command, a `folder:` line or the names themselves tell
 * the folder. `folders` lists what was listed as a whole: only there does a file that is not named not exist.
 * @throws NotUnderstood without an entry, a `total` line, or a file that is said not to be there.
 */
export const ls: Parser<FileListing> = {
  format: 'ls',
  parse(section: Section): Reading<FileListing> {
    const place = placeOfCommand(section.command)
    const asked = askedFolder(place)
    const entries: FileEntry[] = []
    const folders: { path: string; at: FileEntry['at'] }[] = []
    const absent: { path: string; at: FileEntry['at'] }[] = []
    const unread: Unread[] = []
    let folder: string | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      const at = citeLine(section, index)
      if (text === '') return
      if (TOTAL.test(text)) {
        folder ??= asked
        if (folder?.startsWith('/') && !place.filtered) folders.push({ path: joinPath(folder, '.'), at })
        return
      }
      const gone = missingFile(text)
      if (gone !== undefined) {
        absent.push({ path: gone, at })
        return
      }
      const heading = /^(\S.*):$/.exec(text)
      const file = readListedFile(text)
      if (file !== undefined) {
        const { name, context, ...rest } = file
        const label = context === undefined ? {} : { context: { value: context, at } }
        // Without a `total` line a name other than the one asked for is still inside the folder asked for.
        const inside = folder ?? (name === place.operands[0] ? place.base : (asked ?? place.base))
        entries.push({ path: joinPath(inside, name), ...rest, ...label, at })
      } else if (heading !== null && (/^[./]/.test(text) || place.operands.includes(heading[1] as string))) {
        folder = joinPath(place.base, heading[1] as string)
      } else unread.push(unreadLine(section, index))
    })
    if (entries.length + folders.length + absent.length === 0 && !section.lines.some((line) => TOTAL.test(line.trim())))
      throw new NotUnderstood('no line of a long listing')
    const more = { ...(folders.length === 0 ? {} : { folders }), ...(absent.length === 0 ? {} : { absent }) }
    return { value: { entries, ...more }, unread }
  },
}
