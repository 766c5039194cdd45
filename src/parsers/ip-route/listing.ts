/** Which tables a listing shows, from the command or, where that is unknown, from the lines. */
import type { Routes } from '../../model/facts.ts'
import { type IpCommand, isSix, oneFamily } from '../iproute/command.ts'
import { tableName } from '../iproute/table-name.ts'

export interface Listing {
  readonly tables: Routes['tables']
  /** Table of the lines that do not name one. */
  readonly unnamed: string
  readonly partial: boolean
  readonly six: boolean
}

export function listingOf(command: IpCommand | undefined, lines: readonly string[]): Listing {
  if (command === undefined) return { ...guessed(lines), partial: false, six: false }
  const { rest } = command
  const at = rest.findIndex((word) => /^t(?:a(?:b(?:le?)?)?)?$/.test(word))
  const table = at < 0 ? 'main' : tableName(rest[at + 1] ?? 'main')
  const others = at < 0 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)]
  const six = isSix(command)
  // `ip route` shows IPv4 alone anyway; only `-6` leaves out what is looked for.
  const partial = command.piped || others.length > 0 || (oneFamily(command) && !command.options.includes('-4'))
  return { ...shown(table), partial, six }
}

function shown(table: string): Pick<Listing, 'tables' | 'unnamed'> {
  if (table === 'all') return { tables: 'all', unnamed: 'main' }
  return table === 'main' ? { tables: 'main', unnamed: 'main' } : { tables: [table], unnamed: table }
}

/** Only `table all` prints `table`; only a listing of table local holds the kernel's own local routes without it. */
function guessed(lines: readonly string[]): Pick<Listing, 'tables' | 'unnamed'> {
  if (lines.some((line) => /\stable\s/.test(line))) return shown('all')
  return shown(lines.some((line) => /^\s*local .* proto kernel\b/.test(line)) ? 'local' : 'main')
}
