/** Where the files of a listing are, from the command that made it. */

export interface Place {
  /** Folder that relative names are below, where the command changes into one first. */
  readonly base?: string
  readonly operands: readonly string[]
  /** `-d`: folders themselves, not what is in them. */
  readonly folders: boolean
  /** `| grep`: what is not shown may exist nevertheless. */
  readonly filtered: boolean
}

function words(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3] ?? '')
}

/** `sudo ls -la /etc/keepalived`, `cd /etc/keepalived && ls -l`, `ll`. */
export function placeOfCommand(command: string): Place {
  const base = /(?:^|\s)cd +(\/[^\s;&|]*) *(?:&&|;)/.exec(command)?.[1]
  const listing = /(?:^|[\s/])(?:ls|ll|dir|vdir)(?=\s|$)([^|;&>]*)/.exec(command)?.[1] ?? ''
  const all = words(listing.replace(/ 2$/, ''))
  const options = all.filter((word) => word.startsWith('-') && !word.startsWith('--'))
  return {
    ...(base === undefined ? {} : { base }),
    operands: all.filter((word) => !word.startsWith('-')),
    folders: options.some((word) => word.includes('d')) || all.includes('--directory'),
    filtered: command.includes('|'),
  }
}

/** The one folder (or file) that the command asks for; `undefined` where only the shell knows. */
export function askedFolder(place: Place): string | undefined {
  const [first] = place.operands
  if (first === undefined) return place.base
  if (place.folders || place.operands.length > 1) return undefined
  return /[*?[{$]/.test(first) ? undefined : joinPath(place.base, first)
}

/** Joins a folder and a name; `.` is the folder, `..` the one above it. */
export function joinPath(folder: string | undefined, name: string): string {
  if (folder === undefined || name.startsWith('/')) return name
  const trimmed = folder.length > 1 ? folder.replace(/\/{1,9}$/, '') : folder
  if (name === '.') return trimmed
  if (name === '..') return trimmed.slice(0, Math.max(1, trimmed.lastIndexOf('/')))
  return trimmed === '/' ? `/${name}` : `${trimmed}/${name}`
}
