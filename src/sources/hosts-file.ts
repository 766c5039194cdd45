/** A list of hosts: one a line, `#` begins a remark. */
import { readFileSync } from 'node:fs'
import { EXIT, UserError } from '../model/errors.ts'

/**
 * @returns hosts in the order of the file
 * @throws UserError: no such file (66), no permission (77), no host in it (65)
 */
export function readHostsFile(path: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES'
    if (denied) throw new UserError(`no permission to read ${path}`, EXIT.noPermission)
    throw new UserError(`no such file: ${path}`, EXIT.noInput)
  }
  const hosts = text.split(/\r?\n/).flatMap((line) => line.replace(/#.*$/, '').trim() || [])
  if (hosts.length === 0) throw new UserError(`${path} names no host`, EXIT.badInput)
  return hosts
}
