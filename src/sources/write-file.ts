/** Files that appear whole or not at all. */
import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { EXIT, UserError } from '../model/errors.ts'

function isOrdinary(path: string): boolean {
  try {
    return lstatSync(path).isFile()
  } catch {
    return true
  }
}

/**
 * Writes a file by way of a neighbour that is renamed, so that no reader sees half of it. Devices, pipes and links are
 * written to directly.
 * @throws UserError (73)
 */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const direct = !isOrdinary(path)
  const target = direct ? path : `${path}.${process.pid}.part`
  try {
    writeFileSync(target, text)
    if (!direct) renameSync(target, path)
  } catch (error) {
    if (!direct) rmSync(target, { force: true })
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new UserError(`cannot write ${path}: ${code}`, EXIT.cannotWrite)
  }
}
