/** Standard output without Node's stream for it: opening that one loads a dozen modules, for a pipe the network among them. */
import { fstatSync, writeSync } from 'node:fs'

const STDOUT = 1
/** `/dev/null` and its like: major number 1, memory devices. */
const MEMORY_DEVICES = 1

/** Does a person read what is printed? */
export function stdoutIsTerminal(): boolean {
  try {
    const { mode, rdev } = fstatSync(STDOUT)
    const isCharacterDevice = (mode & 0o170000) === 0o020000
    if (!isCharacterDevice || rdev >> 8 === MEMORY_DEVICES) return false
  } catch {
    return false
  }
  return process.stdout.isTTY === true
}

/** Prints all of a text, however slowly the reader takes it. A reader that closed the pipe early is no failure. */
export function print(text: string): void {
  let rest: Uint8Array = Buffer.from(text)
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPIPE') return
    // A pipe that somebody else made non-blocking is full: the stream knows how to wait.
    if (code !== 'EAGAIN') throw error
    forgiveEarlyClose()
    process.stdout.write(rest)
  }
}

/** What is printed through the stream may meet a closed pipe later on. */
export function forgiveEarlyClose(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
