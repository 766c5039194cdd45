/** Files beside keepalived.conf whose names differ from it by a slip. */
import type { Host } from '../model/case.ts'
import type { FileEntry } from '../model/facts.ts'
import { filesItReads, MAIN_CONF } from './keepalived-files.ts'

const NAME = 'keepalived.conf'
const FOLDER = '/etc/keepalived/'
const MOST_SLIPS = 2
/** `keepalived1.conf` and `keepalived-web.conf` are meant: several instances, or several roles. */
const MEANT = /^keepalived[-_.@]?(?:\d+|[-_.@]\w+)\.conf$/

/** Regular files in its folder within two letters of its name that no include line reads. */
export function nearNames(host: Host): readonly FileEntry[] {
  const { files } = host.facts
  if (files.state === 'missing') return []
  const read = new Set(filesItReads(host, MAIN_CONF).seen.map(({ path }) => path))
  return files.value.entries.filter(({ path, type }) => {
    const name = path.slice(FOLDER.length)
    if (type !== 'file' || !path.startsWith(FOLDER) || name.includes('/') || read.has(path)) return false
    return name.endsWith('.conf') && name !== NAME && !MEANT.test(name) && slips(name, NAME) <= MOST_SLIPS
  })
}

/** Letters to insert, delete or exchange (Levenshtein); stops counting where lengths alone say too many. */
export function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_SLIPS) return MOST_SLIPS + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row[b.length] ?? 0
}
