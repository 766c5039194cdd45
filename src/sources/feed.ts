/** Brings the bytes of a capture to whoever reads it, through one buffer that is used again and again. */
import { closeSync, openSync, readSync } from 'node:fs'
import { EXIT, UserError } from '../model/errors.ts'
import { isCaptureHead } from './kind.ts'
import { cannotRead } from './read-bytes.ts'

/** Takes bytes in whatever pieces they come. */
export interface Taker {
  /** Where the next bytes may be put; never empty. */
  room(): Uint8Array
  /** So many were put there. False: it needs no more. */
  filled(count: number): boolean
  push(bytes: Uint8Array): boolean
  end(): void
}

/** Where a capture lies. */
export type CaptureAt = { readonly path: string } | { readonly bytes: Uint8Array }

/** First bytes of a regular file; empty where it is none, or cannot be read: whoever reads it then says why. */
export function firstBytes(path: string, count: number): Uint8Array {
  try {
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(count)
      return head.subarray(0, readSync(file, head, 0, count, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    // A pipe cannot be read at a position.
    return new Uint8Array()
  }
}

/** Bytes of a packed file that tell what is inside. */
const PEEK = 4096

/** Is this a packed capture? The modules that can tell are asked for here: every other run does without them. */
export function isPackedCapture(head: Uint8Array): boolean {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return false
  const { constants, gunzipSync } = process.getBuiltinModule('node:zlib')
  try {
    return isCaptureHead(gunzipSync(head.subarray(0, PEEK), { finishFlush: constants.Z_SYNC_FLUSH }))
  } catch {
    return false
  }
}

/** @throws UserError where the file cannot be read, or unpacked (65) */
export async function feed(at: CaptureAt, taker: Taker): Promise<void> {
  const packed = 'bytes' in at ? at.bytes : firstBytes(at.path, 2)
  if (packed[0] === 0x1f && packed[1] === 0x8b) await feedPacked(at, taker)
  else if ('bytes' in at) taker.push(at.bytes)
  else feedFile(at.path, taker)
  taker.end()
}

function feedFile(path: string, taker: Taker): void {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    for (;;) {
      const room = taker.room()
      const got = readSync(file, room, 0, room.length, null)
      if (got === 0 || !taker.filled(got)) return
    }
  } catch (error) {
    throw cannotRead(path, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

async function feedPacked(at: CaptureAt, taker: Taker): Promise<void> {
  const { createGunzip } = process.getBuiltinModule('node:zlib')
  const { createReadStream } = process.getBuiltinModule('node:fs')
  const { Readable } = process.getBuiltinModule('node:stream')
  const from = 'bytes' in at ? Readable.from([at.bytes]) : createReadStream(at.path, { highWaterMark: 1024 * 1024 })
  const plain = createGunzip({ chunkSize: 256 * 1024 })
  from.on('error', (error: Error) => plain.destroy(error))
  from.pipe(plain)
  try {
    for await (const chunk of plain) if (!taker.push(chunk as Uint8Array)) break
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    // The rest of what came out until then is judged; the reader says that it ends too soon.
    if (code === 'Z_BUF_ERROR') return
    if (!code.startsWith('Z_') && 'path' in at) throw cannotRead(at.path, error)
    throw new UserError(`${'path' in at ? at.path : 'stdin'} cannot be unpacked: ${code}`, EXIT.badInput, [
      'gzip -t FILE',
    ])
  } finally {
    from.destroy()
  }
}
