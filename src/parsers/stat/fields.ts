/** What stat says of one file, read back by the format that printed it. */
import { wholeNumber } from '../../lib/words.ts'
import type { FileEntry } from '../../model/facts.ts'

export type StatFields = Omit<FileEntry, 'at'>

/** `%F`. */
const TYPES: readonly (readonly [string, FileEntry['type']])[] = [
  ['regular empty file', 'file'],
  ['regular file', 'file'],
  ['directory', 'directory'],
  ['symbolic link', 'link'],
  ['character special file', 'other'],
  ['block special file', 'other'],
  ['fifo', 'other'],
  ['socket', 'other'],
]

export function typeAtStart(text: string): { readonly type: FileEntry['type']; readonly length: number } | undefined {
  const found = TYPES.find(([words]) => text.startsWith(words))
  return found === undefined ? undefined : { type: found[1], length: found[0].length }
}

/** `755`, `0644`, `1777`. */
export function octalMode(text: string): number | undefined {
  return /^[0-7]{1,5}$/.test(text) ? Number.parseInt(text, 8) : undefined
}

/** Format of a `stat` command: `-c F`, `--format=F`, `--printf F`. */
export function formatOfCommand(command: string): string | undefined {
  const found = /\s(?:-[A-Za-z]*c ?|--format[= ]|--printf[= ])(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(command)
  return found?.[1] ?? found?.[2] ?? found?.[3]
}

/** `'/etc/hosts'`, “`/etc/hosts'” of old coreutils, `"…"`, ‘…’; ` -> target` behind it for a link. */
export function readName(text: string): { readonly path: string; readonly target?: string } {
  const arrow = text.indexOf(' -> ')
  const bare = (name: string): string => /^['"`‘“](.+)['"’”]$/.exec(name.trim())?.[1] ?? name.trim()
  return arrow < 0 ? { path: bare(text) } : { path: bare(text.slice(0, arrow)), target: bare(text.slice(arrow + 4)) }
}

/** Each `%x` takes what stands before the next literal of the format, the last one all the rest. */
export function readByFormat(line: string, format: string): StatFields | undefined {
  const parts = format.replace(/\\n$/, '').split(/%[-0-9.]{0,6}([a-zA-Z])/)
  if (parts.length < 3 || !line.startsWith(parts[0] ?? '')) return undefined
  let rest = line.slice((parts[0] ?? '').length)
  const values = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) {
    const literal = parts[at + 1] ?? ''
    const known = parts[at] === 'F' ? typeAtStart(rest)?.length : undefined
    const end = known ?? (literal === '' ? rest.length : rest.indexOf(literal))
    if (end < 0 || !rest.startsWith(literal, end)) return undefined
    values.set(parts[at] as string, rest.slice(0, end))
    rest = rest.slice(end + literal.length)
  }
  return rest === '' ? fieldsOf(values) : undefined
}

function fieldsOf(values: ReadonlyMap<string, string>): StatFields | undefined {
  const name = readName(values.get('N') ?? '')
  const path = values.get('n') ?? name.path
  const mode = octalMode(values.get('a') ?? '')
  const type = typeAtStart(values.get('F') ?? '')?.type
  const size = wholeNumber(values.get('s'))
  const owner = values.get('U')
  const group = values.get('G')
  // Without the mode there is nothing to learn, without the type an x bit may be a folder's.
  if (path === '' || mode === undefined || type === undefined) return undefined
  return {
    path,
    type,
    mode,
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(size === undefined ? {} : { size }),
    ...(name.target === undefined ? {} : { target: name.target }),
  }
}
