/** The lines of a configuration that hold keywords, cut into pieces. */
import type { Section, Unread } from '../../model/evidence.ts'
import { citeLine } from '../../model/evidence.ts'
import { Mask } from './secrets.ts'
import { cutLine, type Piece } from './words.ts'

const DEFINITION = /^\s*\$[A-Za-z_]\w*\s*=/
const CONDITION = /^\s*@\^?\S+\s+(?=\S)/

/**
 * Pieces of all lines. Definitions (`$NAME=value`, over several lines with `\` at the end) hold no keyword. Of a
 * conditional line (`@name keyword …`) the keyword is taken, but which hosts it is for is not told: it is unread too.
 */
export function cutText(section: Section): { pieces: readonly Piece[]; unread: readonly Unread[] } {
  const pieces: Piece[] = []
  const unread: Unread[] = []
  const mask = new Mask()
  let inDefinition = false
  section.lines.forEach((text, index) => {
    if (inDefinition || DEFINITION.test(text)) {
      inDefinition = text.trimEnd().endsWith('\\')
      return
    }
    const condition = CONDITION.exec(text)
    if (condition === null) {
      for (const piece of cutLine(text, index)) pieces.push(mask.hide(piece))
      return
    }
    unread.push({ at: citeLine(section, index), text })
    // Blanks keep the columns right.
    const blanked = ' '.repeat(condition[0].length) + text.slice(condition[0].length)
    for (const piece of cutLine(blanked, index)) pieces.push(mask.hide(piece))
  })
  const cut = section.whole ? undefined : takeCutWords(section, pieces)
  return { pieces, unread: cut === undefined ? unread : [...unread, cut] }
}

/** Where nothing vouches for the end of the text, its last words may be torn: `priority 1` of 100. */
function takeCutWords(section: Section, pieces: Piece[]): Unread | undefined {
  const last = pieces.at(-1)
  if (last?.kind !== 'words' || last.line !== section.lines.length - 1) return undefined
  pieces.pop()
  return { at: citeLine(section, last.line), text: section.lines[last.line] ?? '' }
}
