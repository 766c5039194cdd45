/** `sysctl`, files below /proc/sys (format `sysctl`), and sysctl.conf (format `sysctl-conf`). */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Sysctl, SysctlEntry } from '../model/facts.ts'
import { askedKeys, setsValues } from './sysctl/command.ts'
import { sysctlKey, sysctlKeyOfPath } from './sysctl/keys.ts'

interface Assignment {
  readonly key: string
  readonly value: string
}

/** `key = value`, `key=value`, `key =`. Tabs inside a value stay: `ip_local_port_range` has one. */
function assignment(text: string): Assignment | undefined {
  const equals = text.indexOf('=')
  const key = equals < 0 ? undefined : sysctlKey(text.slice(0, equals).trimEnd())
  return key === undefined ? undefined : { key, value: text.slice(equals + 1).trim() }
}

/** The line that nearly all are: `net.ipv4.ip_forward = 1`, words of letters parted by dots. */
function plainAssignment(raw: string): Assignment | undefined {
  const blank = raw.indexOf(' ')
  if (blank <= 0 || !raw.startsWith('= ', blank + 1)) return undefined
  const name = raw.slice(0, blank)
  const key = /^[a-z]\w*\.[\w.-]*\w$/.test(name) ? sysctlKey(name) : undefined
  return key === undefined ? undefined : { key, value: raw.slice(blank + 3).trim() }
}

/** `/proc/sys/net/ipv4/conf/eth0/rp_filter:1`, as `grep . FILE…` prints it. */
function pathAndValue(text: string): Assignment | undefined {
  const colon = text.indexOf(':')
  const key = colon < 0 ? undefined : sysctlKeyOfPath(text.slice(0, colon))
  return key === undefined ? undefined : { key, value: text.slice(colon + 1).trim() }
}

/** The key that a complaint names: it has no value in the output. */
function complainedKey(text: string): string | undefined {
  if (!text.includes(': ')) return undefined
  const path = /^\S*(?:cat|head|more|sysctl): .*?(\/proc\/sys\/[^\s:'"’]+)/.exec(text)?.[1]
  if (path !== undefined) return sysctlKeyOfPath(path)
  const name = /^\S*sysctl: .*key ['"]?([\w./*-]+)/.exec(text)?.[1]
  return name === undefined ? undefined : sysctlKey(name)
}

/**
 * Running kernel values. Values without names (`sysctl -n`, `cat`) take their keys from the command, in order.
 * Complaints (`permission denied on key …`) are unread lines.
 * @throws NotUnderstood when no value can be given a name.
 */
export const sysctl: Parser<Sysctl> = {
  format: 'sysctl',
  parse(section: Section): Reading<Sysctl> {
    const entries = new Map<string, SysctlEntry>()
    const unread: Unread[] = []
    const by = setsValues(section.command) ? 'typed' : 'read'
    const nameless: number[] = []
    const refused = new Set<string>()
    section.lines.forEach((raw, index) => {
      const plain = plainAssignment(raw)
      if (plain !== undefined) {
        entries.set(plain.key, { key: plain.key, value: plain.value, at: citeLine(section, index), by })
        return
      }
      const text = raw.trim()
      // `sysctl --system` names the file it applies.
      if (text === '' || (text.startsWith('*') && /^\* Applying \S+ \.\.\.$/.test(text))) return
      const complaint = complainedKey(text)
      const said = complaint === undefined ? (pathAndValue(text) ?? assignment(text)) : undefined
      if (complaint !== undefined) refused.add(complaint)
      if (said !== undefined)
        entries.set(said.key, { key: said.key, value: said.value, at: citeLine(section, index), by })
      else if (complaint === undefined && !text.startsWith('sysctl: ')) nameless.push(index)
      else unread.push(unreadLine(section, index))
    })
    const keys = askedKeys(section.command)?.filter((key) => !refused.has(key)) ?? []
    const fits = keys.length === nameless.length
    nameless.forEach((index, n) => {
      const key = keys[n]
      const value = (section.lines[index] ?? '').trim()
      if (fits && key !== undefined) entries.set(key, { key, value, at: citeLine(section, index), by })
      else unread.push(unreadLine(section, index))
    })
    if (entries.size === 0) throw new NotUnderstood('no kernel parameter with a value')
    return { value: { entries }, unread: unread.sort((a, b) => a.at.line - b.at.line) }
  },
}

/**
 * Values written in sysctl.conf or sysctl.d: `#` and `;` start comments, a leading `-` ignores errors, blanks round `=`
 * are legal (not so for `sysctl -w`), the last assignment wins, globs are kept as keys. A named file of comments alone
 * is a file that sets nothing.
 * @throws NotUnderstood without any assignment, unless the command or the path names a sysctl file.
 */
export const sysctlConf: Parser<Sysctl> = {
  format: 'sysctl-conf',
  parse(section: Section): Reading<Sysctl> {
    const entries = new Map<string, SysctlEntry>()
    const unread: Unread[] = []
    let comments = 0
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      if (/^[#;]/.test(text)) {
        comments += 1
        return
      }
      const said = assignment(text.replace(/^-\s*/, ''))
      if (said === undefined) unread.push(unreadLine(section, index))
      else entries.set(said.key, { ...said, at: citeLine(section, index), by: 'file' })
    })
    const named = /sysctl/.test(section.path ?? section.command)
    if (entries.size === 0 && !(named && comments > 0 && unread.length === 0))
      throw new NotUnderstood('no assignment of a kernel parameter')
    return { value: { entries }, unread }
  },
}
