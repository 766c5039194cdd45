/** The lines of a configuration that hold keywords, cut into pieces. */
import type { Section, Unread } from '../../model/evidence.ts'
import { citeLine } from '../../model/evidence.ts'
import { type ConfFile, isMain } from './include-files.ts'
import { LineReader } from './line-reader.ts'
import { CLOSE, type DraftNode, OPEN } from './node.ts'
import { Mask } from './secrets.ts'

export interface CutText extends Pick<LineReader, 'faults' | 'includes' | 'unresolved'> {
  readonly pieces: DraftNode[]
  readonly unread: readonly Unread[]
  /** Files that were read. */
  readonly seen: ReadonlySet<ConfFile>
}

/**
 * Pieces of all lines of a file and of the files at hand that it includes. Lines that nobody can evaluate (`@id` of an
 * unknown host, a variable of an unseen file) are unread too. A file that is not the main one may use what is defined
 * in the one that includes it.
 */
export function cutText(main: ConfFile, files: readonly ConfFile[] = [main], configId?: string): CutText {
  const apart = main.path !== undefined && !isMain(main) && files.length < 2
  const reader = new LineReader(files, main, configId).run(apart)
  const { pieces, unread, faults, includes, unresolved } = reader
  const { seen } = reader.files
  const mask = new Mask()
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as DraftNode
    const masked = mask.hide(piece)
    if (masked !== piece) pieces[i] = masked
  }
  const cut = main.section.whole ? undefined : takeCutWords(main.section, pieces)
  return { pieces, unread: cut === undefined ? unread : [...unread, cut], faults, includes, unresolved, seen }
}

/** Where nothing vouches for the end of the text, its last words may be torn: `priority 1` of 100. */
function takeCutWords(section: Section, pieces: DraftNode[]): Unread | undefined {
  const last = pieces.at(-1)
  const index = section.lines.length - 1
  const end = citeLine(section, index)
  if (last === undefined || last.keyword === OPEN || last.keyword === CLOSE) return undefined
  if (last.at.line !== end.line || last.at.section !== end.section) return undefined
  pieces.pop()
  return { at: end, text: section.lines[index] ?? '' }
}
