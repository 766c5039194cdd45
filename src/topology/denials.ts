/** Kinds of what SELinux has refused. */
import type { Denial } from '../model/facts.ts'

const RUN = new Set(['execute', 'execute_no_trans', 'entrypoint', 'read', 'open', 'getattr', 'search', 'transition'])
const FILES = /^(?:file|dir|lnk_file|process)$/

/** Files that could not be reached or run, and the rest. */
export function byKind(denials: readonly Denial[]): ReadonlyMap<'script' | 'other', readonly Denial[]> {
  const isRun = ({ class: kind, permissions }: Denial): boolean =>
    FILES.test(kind) && permissions.some((permission) => RUN.has(permission))
  return new Map([
    ['script', denials.filter(isRun)],
    ['other', denials.filter((denial) => !isRun(denial))],
  ])
}
