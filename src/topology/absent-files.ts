/** Lines that show that a file does not exist. */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { absolute } from './keepalived-files.ts'
import { saidSinceStart } from './keepalived-run.ts'

export interface Absence {
  /** Empty: its absence was not seen. */
  readonly lines: readonly Cite[]
  /** keepalived itself missed it. */
  readonly logged: boolean
}

/** By what keepalived says, by `ls: cannot access`, or by a listing of its whole folder that does not name it. */
export function absenceOf(host: Host, path: string): Absence {
  const { files } = host.facts
  const missed = saidSinceStart(host, 'conf-missing').filter(({ event }) => absolute(event.path) === path)
  const lines = missed.map(({ entry }) => entry.at)
  if (files.state === 'known' && !files.value.entries.some((entry) => entry.path === path)) {
    const folder = path.slice(0, Math.max(1, path.lastIndexOf('/')))
    const gone = files.value.absent?.filter((file) => file.path === path) ?? []
    const listed = files.whole ? (files.value.folders?.filter((it) => it.path === folder) ?? []) : []
    lines.push(...[...gone, ...listed].map(({ at }) => at))
  }
  return { lines, logged: missed.length > 0 }
}
