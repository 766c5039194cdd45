/** One line of `ls -l`. */
import { wholeNumber } from '../../lib/words.ts'
import type { FileEntry } from '../../model/facts.ts'

export interface ListedFile {
  /** As printed, quotes of a terminal listing undone. */
  readonly name: string
  readonly type: FileEntry['type']
  readonly mode: number
  readonly owner: string
  readonly group: string
  readonly size?: number
  readonly target?: string
  readonly context?: string
}

const TYPES: Readonly<Record<string, FileEntry['type']>> = { '-': 'file', d: 'directory', l: 'link' }

/** Bits of `rwxr-sr-t`: nine letters, `s`/`t` add the set-id and sticky bits, capitals mean that x itself is off. */
export function modeOfLetters(letters: string): number | undefined {
  if (!/^(?:[r-][w-][xsS-]){2}[r-][w-][xtT-]$/.test(letters)) return undefined
  let mode = 0
  for (let at = 0; at < 9; at += 1) {
    const letter = letters[at] as string
    if (letter !== '-' && letter !== 'S' && letter !== 'T') mode |= 1 << (8 - at)
    if (at % 3 === 2 && /[sStT]/.test(letter)) mode |= at === 2 ? 0o4000 : at === 5 ? 0o2000 : 0o1000
  }
  return mode
}

/** What stands before the size: inode and blocks of `-i`/`-s`, type, mode, ACL mark, links, owner, group. */
const HEAD = /^(?:\d+ +){0,2}([a-zD-])([a-zA-Z-]{9})[.+@]? +(?:\d+ +)?(\S+) +(\S+) +/

/** SELinux context of `-Z`. Before coreutils 8.25 it stood in the place of links, size and date. */
function contextLength(rest: string): number {
  const word = /^\S+/.exec(rest)?.[0] ?? ''
  const found = word === '?' || word.split(':', 4).length >= 3
  return found ? word.length + (/^ +/.exec(rest.slice(word.length))?.[0].length ?? 0) : 0
}

/** Size, or the two numbers of a device; then a date in the long, ISO, Chinese or day-first style. */
const SIZE = /^(\d+,\s*\d+|\d[\d.,]*[KMGTPE]?) +/
const DATES = [
  /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d\.\d+ [+-]\d{4})? /,
  /^[^\s\d]\S{0,7} +\d{1,2} +(?:\d\d:\d\d|\d{4}) /,
  /^\d{1,2}[^\s\d]\S{0,3} +\d{1,2} +(?:\d\d:\d\d|\d{4}) /,
  /^\d{1,2}\.? +[^\s\d]\S{0,7} +(?:\d\d:\d\d|\d{4}) /,
]

/** `ls` on a terminal quotes names with blanks: `'a b'`, `"it's"`. */
function unquoted(name: string): string {
  const text = name.trim()
  const quote = text[0]
  return text.length > 1 && (quote === "'" || quote === '"') && text.endsWith(quote) ? text.slice(1, -1) : text
}

/** `undefined` for a line that is no entry of a long listing. */
export function readListedFile(line: string): ListedFile | undefined {
  const head = HEAD.exec(line)
  const mode = modeOfLetters(head?.[2] ?? '')
  if (head === null || mode === undefined) return undefined
  let rest = line.slice(head[0].length)
  const context = contextLength(rest)
  const label = rest.slice(0, context).trim()
  rest = rest.slice(context)
  const size = SIZE.exec(rest)
  const dated = size === null ? '' : rest.slice(size[0].length)
  const date = DATES.map((pattern) => pattern.exec(dated)).find((found) => found !== null)
  if (size === null || date == null) {
    if (context === 0) return undefined
  } else rest = dated.slice(date[0].length)
  const type = TYPES[head[1] as string] ?? 'other'
  const arrow = type === 'link' ? rest.indexOf(' -> ') : -1
  const name = unquoted(arrow < 0 ? rest : rest.slice(0, arrow))
  const bytes = date == null ? undefined : wholeNumber(size?.[1])
  if (name === '') return undefined
  return {
    name,
    type,
    mode,
    owner: head[3] as string,
    group: head[4] as string,
    ...(bytes === undefined ? {} : { size: bytes }),
    ...(arrow < 0 ? {} : { target: unquoted(rest.slice(arrow + 4)) }),
    ...(label === '' || label === '?' ? {} : { context: label }),
  }
}
