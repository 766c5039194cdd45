/** SOURCE words of the command line to inputs. */
import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { EXIT, UserError } from '../model/errors.ts'
import type { NotReached } from '../model/report.ts'
import { ansibleResult } from './ansible.ts'
import { isGzip, isTar, unpack } from './archive.ts'
import { type CaptureAt, firstBytes, isPackedCapture } from './feed.ts'
import { listFolder } from './folder.ts'
import type { Gathered, Input, NotRead } from './input.ts'
import { isCaptureHead, unsupportedKind } from './kind.ts'
import { cannotRead, readBytes } from './read-bytes.ts'

export interface ReadOptions {
  /** Reads all of stdin; asked at most once, and only for `-`. */
  readonly stdin: () => Promise<Uint8Array>
  /** A capture to its text. */
  readonly capture: (at: CaptureAt, name: string) => Promise<Uint8Array>
  /** Host of the one input there is (`--as`). */
  readonly host?: string
}

interface Wanted {
  readonly path: string
  readonly host?: string
  readonly inFolder: boolean
}

/**
 * Reads files, folders, `NAME=PATH` and `-`, in the order given.
 * @throws UserError: missing (66), no permission (77), not text or empty (65), the same source twice (64)
 */
export async function readSources(words: readonly string[], options: ReadOptions): Promise<Gathered> {
  const notRead: NotRead[] = []
  const wanted = words.flatMap((word) => (word === '-' ? [{ path: '-', inFolder: false }] : expand(word, notRead)))
  onlyOnce(wanted)
  const names = displayNames(wanted.map(({ path }) => path))
  const inputs: Input[] = []
  const notReached: NotReached[] = []
  for (const [index, item] of wanted.entries()) {
    const name = names[index] ?? item.path
    const bytes = await bytesOf(item.path, name, options)
    if (isTar(bytes) || isGzip(bytes)) {
      if (item.inFolder) notRead.push({ name, why: 'an archive' })
      else await addArchive(name, bytes, inputs, notRead)
      continue
    }
    const result = ansibleResult(bytes)
    if (result?.is === 'lost') {
      notReached.push({ host: basename(item.path), why: result.why, tryThis: `ansible ${basename(item.path)} -m ping` })
      continue
    }
    if (result !== undefined) {
      inputs.push(inputOf({ host: basename(item.path), ...item }, name, result.bytes, options.host))
      continue
    }
    const odd = unsupportedKind(name, bytes)
    if (odd === undefined) inputs.push(inputOf(item, name, bytes, options.host))
    else if (item.inFolder) notRead.push({ name, why: odd.what })
    else
      throw new UserError(
        `${name} is ${odd.what}${odd.unread ? ', which is not read yet in this version' : ''}`,
        EXIT.badInput,
        [odd.instead],
      )
  }
  return { inputs, notRead, ...(notReached.length === 0 ? {} : { notReached }) }
}

/** Every text of an archive as a source of its own, named by its path inside. */
async function addArchive(name: string, packed: Uint8Array, inputs: Input[], notRead: NotRead[]): Promise<void> {
  const { files, notRead: left } = await unpack(name, packed)
  notRead.push(...left)
  const before = inputs.length
  for (const { path, bytes } of files) {
    const odd = unsupportedKind(path, bytes)
    const taken = inputs.some((input) => input.name === path)
    if (odd === undefined) inputs.push({ name: taken ? `${name}/${path}` : path, bytes })
    else notRead.push({ name: path, why: odd.what })
  }
  if (inputs.length === before) throw new UserError(`the archive ${name} holds no text file`, EXIT.badInput)
}

/** Text as it is; a capture, packed or not, as the text that is made of it. */
async function bytesOf(path: string, name: string, { stdin, capture }: ReadOptions): Promise<Uint8Array> {
  const head = path === '-' ? new Uint8Array() : firstBytes(path, 4)
  if (isCaptureHead(head)) return capture({ path }, name)
  if (head[0] === 0x1f && head[1] === 0x8b && isPackedCapture(firstBytes(path, 4096))) return capture({ path }, name)
  const bytes = path === '-' ? await stdin() : readBytes(path)
  return isCaptureHead(bytes) || isPackedCapture(bytes) ? capture({ bytes }, name) : bytes
}

function inputOf({ path, host }: Wanted, name: string, bytes: Uint8Array, as: string | undefined): Input {
  const said = host ?? as
  return { name, bytes, ...(said === undefined ? {} : { host: said }), ...(path === '-' ? {} : { path }) }
}

function expand(word: string, notRead: NotRead[]): Wanted[] {
  const named = existsSync(word) ? undefined : /^([A-Za-z0-9][\w.-]*)=(.+)$/s.exec(word)
  const path = named?.[2] ?? word
  if (path === '-') return [{ path, inFolder: false, ...(named?.[1] === undefined ? {} : { host: named[1] }) }]
  if (!isFolder(path)) return [{ path, inFolder: false, ...(named?.[1] === undefined ? {} : { host: named[1] }) }]
  if (named !== null && named !== undefined)
    throw new UserError(`${word}: a folder holds many hosts and cannot be named as one`, EXIT.usage, [
      `lvsdoctor check ${path}`,
    ])
  const listing = listFolder(path)
  notRead.push(...listing.notRead)
  if (listing.paths.length === 0) throw new UserError(`the folder ${path} holds no text file`, EXIT.badInput)
  return listing.paths.map((file) => ({ path: file, inFolder: true }))
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw cannotRead(path, error)
  }
}

function onlyOnce(wanted: readonly Wanted[]): void {
  const seen = new Set<string>()
  for (const { path } of wanted) {
    if (seen.has(path)) throw new UserError(`${path} is given twice`, EXIT.usage)
    seen.add(path)
  }
}

/** The file's own name where it is unique among them, else the path as typed. */
function displayNames(paths: readonly string[]): string[] {
  const short = paths.map((path) => (path === '-' ? 'stdin' : basename(path)))
  const count = new Map<string, number>()
  for (const name of short) count.set(name, (count.get(name) ?? 0) + 1)
  return short.map((name, index) => (count.get(name) === 1 ? name : (paths[index] ?? name)))
}
