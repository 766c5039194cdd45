/** Who may write keepalived's configuration, and whether SELinux lets keepalived read it, as far as listings show. */
import type { Host } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import { filesItReads, MAIN_CONF } from './keepalived-files.ts'

export interface OddAccess {
  readonly path: string
  readonly kind: 'label' | 'owner'
  /** The label's type, or who else may write. */
  readonly what: string
  /** Does SELinux refuse anything? undefined: not seen. */
  readonly enforcing?: boolean
  readonly cites: NonEmpty<Cite>
}

/** Labels a file brings along when it is moved (not copied) from where it was written; the domain keepalived_t reads none of them. */
const OF_ANOTHER_PLACE = /^(?:admin_home|user_home|user_home_dir|user_tmp|tmp|default|unlabeled|file)_t$/

export function oddAccess(host: Host): readonly OddAccess[] {
  const { identity } = host.facts
  const mode = identity.state === 'known' ? identity.value.selinux : undefined
  return filesItReads(host, MAIN_CONF).seen.flatMap(({ path, entry }): readonly OddAccess[] => {
    const odd: OddAccess[] = []
    const label = entry.context?.value.split(':')[2] ?? ''
    if (entry.context !== undefined && mode?.value !== 'Disabled' && OF_ANOTHER_PLACE.test(label)) {
      const enforcing = mode === undefined ? {} : { enforcing: mode.value === 'Enforcing' }
      const cites = [entry.context.at, ...(mode ? [mode.at] : [])] as const
      odd.push({ path, kind: 'label', what: label, ...enforcing, cites })
    }
    const who = writer(entry.mode, entry.owner, entry.group)
    // Of a file that is skipped for its x bit, that comes first.
    if (entry.type === 'file' && (entry.mode & 0o111) === 0 && who !== undefined)
      odd.push({ path, kind: 'owner', what: who, cites: [entry.at] })
    return odd
  })
}

function writer(mode: number, owner = 'root', group = 'root'): string | undefined {
  if ((mode & 0o002) !== 0) return 'everybody'
  if (!isRoot(owner)) return `the user ${owner}`
  return (mode & 0o020) !== 0 && !isRoot(group) ? `the group ${group}` : undefined
}

function isRoot(name: string): boolean {
  return name === 'root' || name === '0'
}
