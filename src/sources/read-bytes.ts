/** Bytes of a file, pipe or stdin, never more than a limit. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { EXIT, UserError } from '../model/errors.ts'
import { MAX_BYTES } from './input.ts'

const CHUNK = 1024 * 1024

/** The operator's words for what the operating system refused. */
export function cannotRead(path: string, thrown: unknown): UserError {
  const code = (thrown as NodeJS.ErrnoException).code ?? String(thrown)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new UserError(`no such file or folder: ${path}`, EXIT.noInput, ['lvsdoctor check --help'])
  if (code === 'EACCES' || code === 'EPERM')
    return new UserError(`no permission to read ${path}`, EXIT.noPermission, [`sudo cat ${path} | lvsdoctor check -`])
  return new UserError(`cannot read ${path}: ${code}`, EXIT.noInput)
}

function tooLarge(name: string, limit: number): UserError {
  const say = `${name} is larger than ${Math.floor(limit / 1024 / 1024)} MB, the most that is read`
  return new UserError(say, EXIT.badInput, ['give only the part that was written around the incident'])
}

/**
 * All bytes of a file, or of a pipe such as a shell's `<(…)`.
 * @throws UserError where it is missing (66), unreadable (77) or larger than `limit` bytes (65)
 */
export function readBytes(path: string, limit = MAX_BYTES): Uint8Array {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const known = fstatSync(file).size
    if (known > limit) throw tooLarge(basename(path), limit)
    return readAll(file, known, limit, basename(path))
  } catch (error) {
    throw error instanceof UserError ? error : cannotRead(path, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function readAll(file: number, known: number, limit: number, name: string): Uint8Array {
  // One byte more than the file claims: the read that returns 0 then needs no second buffer.
  let buffer = Buffer.allocUnsafe(known > 0 ? known + 1 : 64 * 1024)
  let filled = 0
  for (;;) {
    if (filled === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(buffer.length * 2, limit + 1))
      buffer.copy(larger, 0, 0, filled)
      buffer = larger
    }
    const got = readSync(file, buffer, filled, Math.min(CHUNK, buffer.length - filled), null)
    if (got === 0) return buffer.subarray(0, filled)
    filled += got
    if (filled > limit) throw tooLarge(name, limit)
  }
}

/**
 * Everything that comes through a stream, however slowly.
 * @throws UserError (65) beyond `limit` bytes
 */
export async function readStream(stream: AsyncIterable<unknown>, limit = MAX_BYTES): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    total += bytes.length
    if (total > limit) throw tooLarge('stdin', limit)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, total)
}
