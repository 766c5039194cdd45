/** tar and tar.gz: bundles of transcripts, read in memory, links and devices left out. Nothing is ever unpacked to disk. */
import { EXIT, UserError } from '../model/errors.ts'
import { MAX_BYTES, type NotRead } from './input.ts'

export interface ArchiveFile {
  /** Path inside, without `.` and `..`. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface Unpacked {
  readonly files: readonly ArchiveFile[]
  readonly notRead: readonly NotRead[]
}

const BLOCK = 512
const MOST_FILES = 20_000

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && Buffer.from(bytes.buffer, bytes.byteOffset + 257, 5).toString('latin1') === 'ustar'
}

/**
 * The files of an archive, in its order.
 * @throws UserError (65): damaged, no archive, or more than 256 MiB unpacked
 */
export async function unpack(name: string, packed: Uint8Array): Promise<Unpacked> {
  const bytes = isGzip(packed) ? gunzip(name, packed) : packed
  if (!isTar(bytes))
    throw new UserError(`${name} is compressed, and no tar archive inside`, EXIT.badInput, ['unpack it'])
  assertSound(name, bytes)
  const { parseTar } = await import('nanotar')
  const files: ArchiveFile[] = []
  const notRead: NotRead[] = []
  for (const entry of parseTar(new Uint8Array(bytes).buffer)) {
    const path = entry.name
      .split('/')
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .join('/')
    if (entry.type === 'directory' || path === '') continue
    if (entry.type !== 'file' && entry.type !== 'contiguousFile')
      notRead.push({ name: path, why: 'not a regular file' })
    else files.push({ path, bytes: entry.data ?? new Uint8Array() })
  }
  return { files, notRead }
}

function gunzip(name: string, packed: Uint8Array): Uint8Array {
  const { gunzipSync } = process.getBuiltinModule('node:zlib')
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_BYTES })
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    const why = large ? `unpacks to more than ${MAX_BYTES >> 20} MiB` : 'is damaged or cut short'
    throw new UserError(`${name} ${why}`, EXIT.badInput, ['unpack it, and give the folder'])
  }
}

/** Every size is one that the archive can hold: the reader behind this believes them. */
function assertSound(name: string, bytes: Uint8Array): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let count = 0
  for (let at = 0; at + BLOCK <= view.length && view[at] !== 0; count += 1) {
    const size = /^[0-7]+$/.exec(
      view
        .toString('latin1', at + 124, at + 136)
        .replace(/[\0 ]+$/, '')
        .trimStart(),
    )
    const next = size === null ? Number.NaN : at + BLOCK + Math.ceil(Number.parseInt(size[0], 8) / BLOCK) * BLOCK
    if (!(next <= view.length) || count > MOST_FILES)
      throw new UserError(`${name} is damaged or cut short`, EXIT.badInput, ['unpack it, and give the folder'])
    at = next
  }
}

/** A tar archive of texts, compressed. */
export async function pack(files: readonly { readonly name: string; readonly text: string }[]): Promise<Uint8Array> {
  const { createTar } = await import('nanotar')
  const entries = files.map(({ name, text }) => ({ name, data: text, attrs: { mode: '600', uid: 0, gid: 0 } }))
  const { gzipSync } = process.getBuiltinModule('node:zlib')
  return gzipSync(createTar(entries))
}
