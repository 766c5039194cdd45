/** A folder of pasted sessions: one file per host, not its sub-folders. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { firstBytes } from './feed.ts'
import type { NotRead } from './input.ts'
import { kindByName } from './kind.ts'
import { cannotRead } from './read-bytes.ts'

/** Endings of text and captures that people save; a name without an ending (`messages`, `ds1`) counts as text too. */
const TEXT = /\.(txt|log|conf|cfg|out|md|markdown|sysctl|rules|save|session|(?:pcap|pcapng|cap)(?:\.gz)?)$/i

/** Files of a folder in the order of their names' code units, whatever the locale. */
export interface Listing {
  readonly paths: readonly string[]
  readonly notRead: readonly NotRead[]
}

/** @throws UserError where the folder cannot be listed */
export function listFolder(folder: string): Listing {
  const paths: string[] = []
  const notRead: NotRead[] = []
  for (const entry of entriesOf(folder)) {
    const { name } = entry
    // What a recorded case expects is no evidence, and nothing that somebody would miss.
    if (name.startsWith('.') || name === 'expect.json') continue
    if (entry.isDirectory()) notRead.push({ name, why: 'a folder inside the folder' })
    else if (!entry.isFile() && !entry.isSymbolicLink()) notRead.push({ name, why: 'not a regular file' })
    else if (TEXT.test(name) || !name.includes('.') || isHostFile(join(folder, name))) paths.push(join(folder, name))
    else notRead.push({ name, why: kindByName(name)?.what ?? 'not a text file by its name' })
  }
  return { paths, notRead }
}

/** `ds1.example.org`, as Ansible names the result of a host: told by how it begins, because the name looks like any other. */
function isHostFile(path: string): boolean {
  const head = Buffer.from(firstBytes(path, 3)).toString('latin1')
  return kindByName(path) === undefined && (head.startsWith('{"') || head === '#@ ')
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  } catch (error) {
    throw cannotRead(folder, error)
  }
}
