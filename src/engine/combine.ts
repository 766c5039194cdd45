/** Several looks at one thing -> the present state, with the earlier looks kept. */
import type { Cite, Known, NonEmpty } from '../model/evidence.ts'
import type {
  FactName,
  Facts,
  Identity,
  KeepalivedConf,
  Link,
  Links,
  LogEntry,
  Sysctl,
  SysctlEntry,
  Unit,
} from '../model/facts.ts'
import { joinConfs } from '../parsers/keepalived/join-confs.ts'
import { resolveIncludes } from '../parsers/keepalived-conf.ts'
import type { HostCommand } from '../transcript/index.ts'
import { joinListings } from './combine-files.ts'
import { withOtherTables } from './combine-tables.ts'
import type { Look } from './facts.ts'
import { typedSysctls } from './typed-sysctl.ts'

type Looks<K extends FactName> = readonly Look<Facts[K]>[]

/** undefined: no look supplies the fact. */
export function combine(
  name: FactName,
  looks: readonly Look[],
  commands: readonly HostCommand[],
): Known<unknown> | undefined {
  const ordered = fullLooks([...looks].sort((a, b) => chronology(a.known, b.known)))
  switch (name) {
    case 'links':
      return links(ordered as Looks<'links'>)
    case 'sysctl':
      return sysctl(ordered as Looks<'sysctl'>, commands)
    case 'sysctlConf':
      return merged(ordered as Looks<'sysctlConf'>, (values) => ({
        entries: new Map(values.flatMap((v) => [...v.entries])),
      }))
    case 'files':
      return merged(ordered as Looks<'files'>, joinListings)
    case 'units':
      return merged(ordered as Looks<'units'>, (values) => ({ units: unitsOf(values.flatMap((v) => v.units)) }))
    case 'log':
      return merged(ordered as Looks<'log'>, (values) => ({
        entries: values.flatMap((v): readonly LogEntry[] => v.entries),
      }))
    case 'identity':
      return merged(ordered as Looks<'identity'>, (values) => Object.assign({}, ...values) as Identity)
    case 'keepalived':
      // Parts of a configuration are selections too, but here they have their place.
      return keepalived([...looks].sort((a, b) => chronology(a.known, b.known)) as Looks<'keepalived'>)
    case 'firewall':
      return firewall(ordered as Looks<'firewall'>, commands)
    default:
      return richestLatest(name, ordered, commands)
  }
}

/** A selection (`ip addr show eth0`) never takes the place of the whole. */
function fullLooks(looks: readonly Look[]): readonly Look[] {
  const full = looks.filter((look) => !look.partial || look.format === 'sysctl')
  return full.length > 0 ? full : looks
}

/** Looks of one source are ordered by position; others by clock where both have one. */
export function chronology(a: Known<unknown>, b: Known<unknown>): number {
  if (a.moment.source === b.moment.source) return a.moment.order - b.moment.order
  return (a.moment.takenAt ?? 0) - (b.moment.takenAt ?? 0)
}

function latest<T>(looks: readonly Look<T>[]): Known<T> | undefined {
  const last = looks.at(-1)?.known
  return last && { ...last, earlier: looks.slice(0, -1).map((look) => look.known) }
}

/** The fuller of two listings stands, as long as nothing was changed between them. */
function richestLatest(
  name: FactName,
  looks: readonly Look[],
  commands: readonly HostCommand[],
): Known<unknown> | undefined {
  const last = looks.at(-1)
  if (!last) return undefined
  const rich = looks.filter((look) => richness(name, look) > richness(name, last)).at(-1)
  if (!rich || changedBetween(rich.known, last.known, commands)) return latest(looks)
  return { ...rich.known, earlier: looks.filter((look) => look !== rich).map((look) => look.known) }
}

function firewall(looks: Looks<'firewall'>, commands: readonly HostCommand[]): Known<Facts['firewall']> | undefined {
  const chosen = richestLatest('firewall', looks, commands) as Known<Facts['firewall']> | undefined
  if (chosen === undefined || chosen.value.allTables) return chosen
  const last = looks.at(-1)
  const program = (look: (typeof looks)[number]): string => look.section.command.trim().split(/\s+/, 1)[0] ?? ''
  const together = looks.filter(
    (look) =>
      look === last ||
      (last !== undefined && program(look) === program(last) && !changedBetween(look.known, last.known, commands)),
  )
  return withOtherTables(chosen, together)
}

function richness(name: FactName, look: Look): number {
  if (name === 'firewall') return (look.known.value as Facts['firewall']).allTables ? 1 : 0
  // route(8) knows neither other tables nor source addresses, and of several next hops the first.
  if (name === 'routes')
    return (look.known.value as Facts['routes']).tables === 'all' ? 2 : look.format === 'route' ? 0 : 1
  if (name === 'ipvs') return look.format === 'ipvsadm' ? 1 : 0
  return 0
}

function changedBetween(a: Known<unknown>, b: Known<unknown>, commands: readonly HostCommand[]): boolean {
  if (a.moment.source !== b.moment.source) return true
  return commands.some(
    ({ command, source }) =>
      command.how === 'prompt' &&
      command.changes !== undefined &&
      source === a.moment.source &&
      command.order > a.moment.order &&
      command.order < b.moment.order,
  )
}

function merged<T>(looks: readonly Look<T>[], join: (values: readonly T[]) => T): Known<T> | undefined {
  const last = latest(looks)
  if (!last) return undefined
  return {
    ...last,
    value: join(looks.map((look) => look.known.value)),
    from: looks.flatMap((look) => look.known.from) as unknown as NonEmpty<Cite>,
    whole: looks.every((look) => look.known.whole),
    unread: looks.flatMap((look) => look.known.unread),
  }
}

/** `ip link` knows kinds and masters, not addresses: alone it is no answer to "which addresses". */
function links(looks: Looks<'links'>): Known<Links> | undefined {
  const addresses = latest(looks.filter((look) => look.format !== 'ip-link'))
  const detail = looks.filter((look) => look.format === 'ip-link').at(-1)?.known.value
  if (!addresses || !detail) return addresses
  const known = new Map(detail.links.map((link) => [link.name, link]))
  const enrich = (link: Link): Link => {
    const more = known.get(link.name)
    if (!more) return link
    return {
      ...link,
      ...(more.kind === undefined ? {} : { kind: more.kind }),
      ...(more.vlan === undefined ? {} : { vlan: more.vlan }),
      ...(link.master === undefined && more.master !== undefined ? { master: more.master } : {}),
    }
  }
  return { ...addresses, value: { links: addresses.value.links.map(enrich) } }
}

/** Key by key: a read tells, and so does a command that set it and was not contradicted by a later read. */
function sysctl(looks: Looks<'sysctl'>, commands: readonly HostCommand[]): Known<Sysctl> | undefined {
  const typed = typedSysctls(commands)
  const [only] = looks
  if (only !== undefined && looks.length === 1 && typed.length === 0) return only.known
  const events: { order: number; source: string; entries: readonly SysctlEntry[] }[] = [
    ...looks.map((look) => ({ ...look.known.moment, entries: [...look.known.value.entries.values()] })),
    ...typed.map(({ source, order, entry }) => ({ source, order, entries: [entry] })),
  ].sort((a, b) => (a.source === b.source ? a.order - b.order : 0))
  const entries = new Map<string, SysctlEntry>()
  for (const event of events) for (const entry of event.entries) entries.set(entry.key, entry)
  const last = latest(looks)
  if (last)
    return {
      ...last,
      value: { entries },
      from: looks.flatMap((look) => look.known.from) as unknown as NonEmpty<Cite>,
      whole: looks.every((look) => look.known.whole),
    }
  const first = typed[0]
  if (!first) return undefined
  const moment = { source: first.source, order: first.order }
  return { state: 'known', value: { entries }, from: [first.entry.at], whole: false, unread: [], moment, earlier: [] }
}

/** The newest text of each file; a main file and its includes become one configuration, each include at its place. */
function keepalived(looks: Looks<'keepalived'>): Known<KeepalivedConf> | undefined {
  const byPath = new Map<string, Look<KeepalivedConf>>()
  for (const look of looks) byPath.set(look.section.path ?? '', look)
  const files = [...byPath.values()]
  const current = merged(files, (values) => joinConfs(values))
  const earlier = looks.filter((look) => !files.includes(look)).map((look) => look.known)
  if (current === undefined || files.length < 2) return current && { ...current, earlier }
  const { value, unread, partial } = resolveIncludes(files.map(({ section }) => ({ section, ...pathOf(section) })))
  // A part of a configuration says nothing about its own end, but whoever printed it may.
  const complete = files.every(({ section, known }) => section.whole || known.whole)
  return { ...current, value, unread, whole: complete && partial !== true && unread.length === 0, earlier }
}

function pathOf({ path }: Look['section']): { path?: string } {
  return path === undefined ? {} : { path }
}

function unitsOf(units: readonly Unit[]): readonly Unit[] {
  const byName = new Map<string, Unit>()
  for (const unit of units) byName.set(unit.name, { ...byName.get(unit.name), ...unit })
  return [...byName.values()]
}
