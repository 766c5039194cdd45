/** Refusals of SELinux: `ausearch -m avc`, /var/log/audit/audit.log. */
import { NotUnderstood } from '../model/errors.ts'
import {
  type Cite,
  citeLine,
  type Parser,
  type Reading,
  type Section,
  type Unread,
  unreadLine,
} from '../model/evidence.ts'
import type { AuditLog, Denial } from '../model/facts.ts'

/** `type=AVC msg=audit(1700000000.123:456): avc:  denied  { execute } for  pid=7 comm="sh" … permissive=0`. */
const DENIED =
  /^(?:node=\S+ )?type=AVC msg=audit\([\d.:]{3,40}\): avc: {1,4}denied {1,4}\{ ([a-z_ ]{1,200}) \} for +(.*)$/
/** Other records of the audit log, and what ausearch puts between them. */
const ASIDE = /^(?:(?:node=\S+ )?type=[A-Z_0-9]+ msg=audit\(|----$|time->|<no matches>$)/
const LONGEST = 4096

/**
 * Denials of whatever domain; other records are left out. `<no matches>` is none.
 * @throws NotUnderstood without a line of the audit log.
 */
export const avc: Parser<AuditLog> = {
  format: 'avc',
  parse(section: Section): Reading<AuditLog> {
    const denials: Denial[] = []
    const unread: Unread[] = []
    let known = false
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      const denied = text.length > LONGEST ? null : DENIED.exec(text)
      const denial = denied && denialOf(denied[1] ?? '', denied[2] ?? '', citeLine(section, index))
      if (denial) denials.push(denial)
      if (denial || (denied === null && ASIDE.test(text))) known = true
      else unread.push(unreadLine(section, index))
    })
    if (!known) throw new NotUnderstood('no line of an audit log')
    return { value: { denials }, unread }
  },
}

function denialOf(permissions: string, rest: string, at: Cite): Denial | undefined {
  const domain = typeIn(rest, 'scontext')
  const target = typeIn(rest, 'tcontext')
  const kind = wordOf(rest, 'tclass')
  if (domain === undefined || target === undefined || kind === undefined) return undefined
  const name = wordOf(rest, 'path') ?? wordOf(rest, 'name') ?? wordOf(rest, 'dest')
  const permissive = wordOf(rest, 'permissive')
  return {
    domain,
    permissions: permissions.split(' '),
    target,
    class: kind,
    ...(name === undefined ? {} : { name }),
    ...(permissive === undefined ? {} : { permissive: permissive === '1' }),
    at,
  }
}

function wordOf(text: string, key: string): string | undefined {
  const at = ` ${text}`.indexOf(` ${key}=`)
  if (at < 0) return undefined
  const [, quoted, bare] = /^(?:"([^"]*)"|(\S+))/.exec(text.slice(at + key.length + 1)) ?? []
  return quoted ?? bare
}

/** The type of `user:role:type:level`. */
function typeIn(text: string, key: string): string | undefined {
  return wordOf(text, key)?.split(':', 3)[2]
}
