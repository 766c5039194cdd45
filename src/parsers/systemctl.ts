/** `systemctl status` (format `systemctl-status`), `is-enabled`, `is-active`, `list-unit-files`, `chkconfig --list`. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { Unit, Units } from '../model/facts.ts'
import { askedUnits } from './systemctl/query.ts'
import { type OpenUnit, readActive, readLoaded, unitName } from './systemctl/unit.ts'

/** Parts of a status that say nothing about the state; the tree of the control group. */
const FURNITURE =
  /^(?:Process|Main PID|Docs|Tasks|Memory|CPU|CGroup|Status|Drop-In|TriggeredBy|Triggers|Invocation|Condition|Assert|Until|IP|IO|Error|FD Store|Warning|Hint|Follow|Device|Since|Duration): ?|^(?:man|info|file|https?):|^[│├└]|^[|`]-|^lines \d+-\d+|\.conf$/

/** The tail of a status: `Jul 03 00:13:38 ds2 Keepalived_vrrp[3418]: …`, in any language's months. */
const LOG_LINE = /^(?:\S{1,6} {1,2}\d{1,2}|\d{4}-\d\d-\d\d)[ T]\d\d:\d\d:\d\d\S* \S+ \S+|^-- .* --$/

/** Of the time before systemd: `keepalived (pid  1234) is running...`, `keepalived is stopped`. */
function sysvUnit(text: string): Pick<Unit, 'name' | 'active' | 'sub'> | undefined {
  const running = /^(\S+) \(pid [\d ]+\) is running\.\.\.$/.exec(text)
  if (running !== null) return { name: running[1] as string, active: 'active', sub: 'running' }
  const stopped = /^(\S+) (is stopped|dead but (?:subsys locked|pid file exists))$/.exec(text)
  return stopped === null ? undefined : { name: stopped[1] as string, active: 'inactive', sub: 'dead' }
}

/**
 * Units with their states. The log lines that follow are the log reader's business.
 * @throws NotUnderstood without a unit whose `Loaded:` or `Active:` line is there.
 */
export const systemctlStatus: Parser<Units> = {
  format: 'systemctl-status',
  parse(section: Section): Reading<Units> {
    const units: OpenUnit[] = []
    const unread: Unread[] = []
    const line = (text: string, index: number): boolean => {
      const at = citeLine(section, index)
      const current = units.at(-1)
      const title = /^(?:[●○×↻*x] )?([\w@.\\:-]+\.(?:service|socket|target|timer|path|mount|slice))(?: - .*)?$/.exec(
        text,
      )
      if (title !== null) {
        units.push({ name: unitName(title[1] as string), at })
        return true
      }
      const missing = /^Unit (\S+) could not be found\.$/.exec(text)
      const sysv = sysvUnit(text)
      if (missing !== null) units.push({ name: unitName(missing[1] as string), loaded: 'not-found', at })
      else if (sysv !== undefined) units.push({ ...sysv, activeAt: at, at })
      if (missing !== null || sysv !== undefined) return true
      if (text.startsWith('Loaded: ')) return current !== undefined && readLoaded(current, text.slice(8).trim(), at)
      if (text.startsWith('Active: ')) return current !== undefined && readActive(current, text.slice(8).trim(), at)
      return FURNITURE.test(text) || LOG_LINE.test(text)
    }
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text !== '' && !line(text, index)) unread.push(unreadLine(section, index))
    })
    const known = units.filter((unit) => unit.loaded !== undefined || unit.active !== undefined)
    if (known.length === 0) throw new NotUnderstood('no unit with its state')
    return { value: { units: known }, unread }
  },
}

const ENABLED =
  /^(?:enabled|enabled-runtime|disabled|static|masked|masked-runtime|linked|linked-runtime|alias|indirect|generated|transient|bad|not-found)$/
const ACTIVE = /^(?:active|inactive|failed|activating|deactivating|reloading|refreshing|maintenance|unknown)$/

/** `keepalived.service  enabled  enabled` of list-unit-files, `keepalived 0:off 1:off 2:on 3:on …` of chkconfig. */
function listedUnit(text: string): { readonly name: string; readonly enabled: string } | undefined {
  const file = /^(\S+\.service) +([a-z-]+)(?: +[a-z-]+)?$/.exec(text)
  if (file !== null && ENABLED.test(file[2] as string))
    return { name: unitName(file[1] as string), enabled: file[2] as string }
  // Servers run at level 3, with a desktop at 5; chkconfig turns both on.
  const levels = /^(\S+)\s+0:\S+\s+1:\S+\s+2:\S+\s+3:(\S+)\s+4:\S+\s+5:\S+\s+6:\S+$/.exec(text)
  if (levels === null) return undefined
  return { name: levels[1] as string, enabled: /^(?:on|启用|啟用)$/.test(levels[2] as string) ? 'enabled' : 'disabled' }
}

/**
 * One word per unit, in the order of the command. A complaint takes the place of its unit's word (`not-found`).
 * @throws NotUnderstood without a state of a unit that is named.
 */
export const systemctlIsEnabled: Parser<Units> = {
  format: 'systemctl-is-enabled',
  parse(section: Section): Reading<Units> {
    const units: OpenUnit[] = []
    const unread: Unread[] = []
    const words: number[] = []
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      const at = citeLine(section, index)
      const missing =
        /^Failed to get unit file state for (\S+): (?:No such file or directory|Unit .* not found\.?)$/.exec(text)
      const listed = listedUnit(text)
      if (missing !== null)
        units.push({ name: unitName(missing[1] as string), enabled: 'not-found', enabledAt: at, at })
      else if (listed !== undefined) units.push({ ...listed, enabledAt: at, at })
      else if (ENABLED.test(text) || ACTIVE.test(text)) words.push(index)
      else if (text !== '' && !/^UNIT FILE +|^\d+ unit files listed\.$/.test(text))
        unread.push(unreadLine(section, index))
    })
    const complained = new Set(units.map((unit) => unit.name))
    const every = askedUnits(section.command)
    // Some releases stop at the first unit that does not exist, others go on.
    const first = every.findIndex((name) => complained.has(name))
    const before = first < 0 ? every : every.slice(0, first)
    const asked = before.length === words.length ? before : every.filter((name) => !complained.has(name))
    words.forEach((index, n) => {
      const name = asked.length === words.length ? asked[n] : undefined
      const state = (section.lines[index] ?? '').trim()
      const at = citeLine(section, index)
      if (name === undefined) unread.push(unreadLine(section, index))
      else if (ENABLED.test(state)) units.push({ name, enabled: state, enabledAt: at, at })
      else units.push({ name, active: state, activeAt: at, at })
    })
    if (units.length === 0) throw new NotUnderstood('no state of a named unit')
    return { value: { units }, unread: unread.sort((a, b) => a.at.line - b.at.line) }
  },
}
