/** `stat FILE…` and `stat -c FORMAT FILE…`. */
import { missingFile } from '../lib/no-such-file.ts'
import { wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import {
  type Cite,
  citeLine,
  type Parser,
  type Reading,
  type Section,
  type Unread,
  unreadLine,
} from '../model/evidence.ts'
import type { FileEntry, FileListing } from '../model/facts.ts'
import { formatOfCommand, octalMode, readByFormat, readName, typeAtStart } from './stat/fields.ts'

/** The collector's own format, also tried where no command is known. */
const USUAL_FORMAT = '%a %F %U %G %s %n'

interface Open {
  readonly name: ReturnType<typeof readName>
  readonly at: Cite
  readonly index: number
  type?: FileEntry['type']
  size?: number
}

/** `Size: 49        Blocks: 8          IO Block: 4096   regular file`. */
function readSizeLine(text: string, open: Open): boolean {
  const found = /^(?:Size|大小)\s*[:：]\s*(\d+)\s.*?(?:IO Block|IO 块)\s*[:：]\s*\d+\s+(\S.*)$/.exec(text)
  const size = wholeNumber(found?.[1])
  if (found === null || size === undefined) return false
  open.size = size
  const type = typeAtStart(found[2] as string)?.type
  if (type !== undefined) open.type = type
  return true
}

const TYPE_LETTERS: Readonly<Record<string, FileEntry['type']>> = { '-': 'file', d: 'directory', l: 'link' }

/** `Access: (0755/-rwxr-xr-x)  Uid: (    0/    root)   Gid: (    0/    root)` closes what counts of a file. */
function readAccessLine(text: string, open: Open): FileEntry | undefined {
  const found =
    /\((\d{3,5})\/([a-zD-])\S{9}\)\s+Uid\s*[:：]\s*\( *\d+\/ *(\S+)\)\s+Gid\s*[:：]\s*\( *\d+\/ *(\S+)\)/.exec(text)
  const mode = octalMode(found?.[1] ?? '')
  if (found === null || mode === undefined) return undefined
  const type = open.type ?? TYPE_LETTERS[found[2] as string] ?? 'other'
  const size = open.size === undefined ? {} : { size: open.size }
  return { ...open.name, type, mode, owner: found[3] as string, group: found[4] as string, ...size, at: open.at }
}

/** Lines of the long form that say nothing we keep. */
const FURNITURE =
  /^(?:Device|Birth|Context|设备|创建时间|环境)\s*[:：]|^(?:Access|Modify|Change|最近访问|最近更改|最近改动)\s*[:：]\s*\d{4}-/

/**
 * Files with their permission bits, owner, size. A file whose block is cut before its mode is unread.
 * @throws NotUnderstood without a file whose mode and type are told.
 */
export const stat: Parser<FileListing> = {
  format: 'stat',
  parse(section: Section): Reading<FileListing> {
    const format = formatOfCommand(section.command) ?? USUAL_FORMAT
    const entries: FileEntry[] = []
    const absent: { path: string; at: Cite }[] = []
    const unread: Unread[] = []
    let open: Open | undefined
    const abandon = (): void => {
      if (open !== undefined) unread.push(unreadLine(section, open.index))
      open = undefined
    }
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      const gone = missingFile(text)
      if (gone !== undefined) {
        absent.push({ path: gone, at: citeLine(section, index) })
        return
      }
      const file = /^(?:File|文件)\s*[:：]\s*(\S.*)$/.exec(text)
      const label = open === undefined ? /^(?:Context|环境)\s*[:：]\s*(\S+:\S+)$/.exec(text)?.[1] : undefined
      const access = open === undefined ? undefined : readAccessLine(text, open)
      const short = open === undefined && file === null ? readByFormat(text, format) : undefined
      if (file !== null) {
        abandon()
        open = { name: readName(file[1] as string), at: citeLine(section, index), index }
      } else if (access !== undefined) {
        entries.push(access)
        open = undefined
      } else if (label !== undefined) {
        const entry = entries.pop()
        if (entry !== undefined) entries.push({ ...entry, context: { value: label, at: citeLine(section, index) } })
      } else if (short !== undefined) entries.push({ ...short, at: citeLine(section, index) })
      else if (!(open !== undefined && readSizeLine(text, open)) && !FURNITURE.test(text))
        unread.push(unreadLine(section, index))
    })
    abandon()
    if (entries.length + absent.length === 0) throw new NotUnderstood('no file with its mode')
    // The shell has put every file of a folder in the place of `FOLDER/*`, but for hidden ones.
    const folder = /\s(\/[^\s*?[{$]*)\/\*(?=\s|$)/.exec(section.command)?.[1]
    const folders =
      folder === undefined || entries.length === 0 ? {} : { folders: [{ path: folder, at: citeLine(section, 0) }] }
    return { value: { entries, ...folders, ...(absent.length === 0 ? {} : { absent }) }, unread }
  },
}
