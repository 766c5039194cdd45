/**
 * Which sections belong to one machine. The only place that decides it: merging two directors hides a split brain,
 * splitting one invents it.
 */
import type { HostId, Section } from '../model/evidence.ts'
import type { HostCommand } from '../transcript/index.ts'
import { aliases } from './aliases.ts'

export interface HostGroup {
  readonly id: HostId
  readonly names: readonly [string, ...string[]]
  /** Only the name of the source names it: loose text of a document, or one bare output. */
  readonly nameless: boolean
  /** Several machines stand under this one name in one text, and nothing tells whose is whose. */
  readonly mixed: boolean
  readonly sections: readonly Section[]
  readonly commands: readonly HostCommand[]
}

/** Names that many machines carry: they identify a host within one text only. */
const GENERIC = /^(?:localhost(?:[.-].*)?|bash|sh|unknown|host|server|centos|debian|ubuntu|vm|\(none\))?$/i

interface Draft {
  name: string
  source: string
  generic: boolean
  /** Only the name of the source names it. */
  nameless: boolean
  sections: Section[]
  commands: HostCommand[]
}

/** Facts that tell two machines of one name apart: machine-id, MAC by interface, and for text without prompts the name. */
export interface Fingerprint {
  readonly hostname?: string
  readonly machineId?: string
  readonly macs: ReadonlyMap<string, string>
  /** Cards with MAC and primary address, of one machine alone. */
  readonly faces: readonly string[]
  /** Primary addresses. */
  readonly addresses: readonly string[]
}

export function groupHosts(
  sections: readonly Section[],
  commands: readonly HostCommand[],
  fingerprint: (sections: readonly Section[]) => Fingerprint,
): readonly HostGroup[] {
  const drafts = new Map<string, Draft>()
  const draftOf = (source: string, host: string, by: Section['hostBy']): Draft => {
    const key = `${source}\0${host}`
    let draft = drafts.get(key)
    if (!draft) {
      const nameless = by === 'stem'
      draft = { name: host, source, generic: !nameless && GENERIC.test(host), nameless, sections: [], commands: [] }
      drafts.set(key, draft)
    }
    return draft
  }
  const spoken = new Set(sections.filter((s) => s.hostBy !== 'stem').map((s) => `${s.source}\0${s.host}`))
  for (const section of sections) {
    const logger = section.hostBy === 'stem' ? loggingHost(section) : undefined
    const known = logger !== undefined && spoken.has(`${section.source}\0${logger}`)
    const draft = known
      ? draftOf(section.source, logger, 'prompt')
      : draftOf(section.source, section.host, section.hostBy)
    draft.sections.push(section)
  }
  for (const command of commands) draftOf(command.source, command.host, command.hostBy).commands.push(command)

  const merged: Machine[] = []
  for (const draft of drafts.values()) {
    const print = fingerprint(draft.sections)
    const mixed = isMixed(draft, fingerprint)
    const twin = merged.find(
      (other) =>
        other.draft.name === draft.name && !draft.generic && !mixed && !other.mixed && !contradicts(other.print, print),
    )
    if (twin) {
      twin.draft.sections.push(...draft.sections)
      twin.draft.commands.push(...draft.commands)
      twin.print = fingerprint(twin.draft.sections)
    } else merged.push({ draft, print, mixed, also: [] })
  }

  const taken = new Set<string>()
  return joinAliases(merged, [...drafts.values()]).map(({ draft, mixed, also }) => {
    const id = unique(displayName(draft, [...drafts.values()]), taken)
    const others = new Set([draft.name, ...also].filter((name) => name !== '' && name !== id))
    const names: [string, ...string[]] = [id, ...others]
    return { id, names, nameless: draft.nameless, mixed, sections: draft.sections, commands: draft.commands }
  })
}

interface Machine {
  readonly draft: Draft
  print: Fingerprint
  mixed: boolean
  /** Its other names. */
  readonly also: string[]
}

/** Loose text beside sessions of named hosts may be anybody's: where it shows a machine that has a name too, it stays apart. */
function joinAliases(all: readonly Machine[], drafts: readonly Draft[]): readonly Machine[] {
  const perSource = new Map<string, number>()
  for (const { source } of drafts) perSource.set(source, (perSource.get(source) ?? 0) + 1)
  const isLoose = ({ draft }: Machine): boolean => draft.nameless && (perSource.get(draft.source) ?? 0) > 1
  const clear = all.filter((machine) => !machine.mixed && !isLoose(machine))
  const root = aliases(
    clear.map(({ draft: { name, nameless, generic }, print: { faces, addresses } }) => {
      return { name, unnamed: nameless || generic, faces, addresses }
    }),
    (a, b) => contradicts(clear[a]?.print ?? NOTHING, clear[b]?.print ?? NOTHING),
  )
  for (const [index, machine] of clear.entries()) {
    const to = clear[root[index] ?? index]
    if (to === undefined || to === machine) continue
    to.draft.sections.push(...machine.draft.sections)
    to.draft.commands.push(...machine.draft.commands)
    to.also.push(machine.draft.name)
  }
  const faces = new Set(clear.flatMap(({ print }) => print.faces))
  for (const machine of all)
    if (isLoose(machine) && machine.print.faces.some((face) => faces.has(face))) machine.mixed = true
  return all.filter((machine) => {
    const index = clear.indexOf(machine)
    return index === -1 || root[index] === index
  })
}

const NOTHING: Fingerprint = { macs: new Map(), faces: [], addresses: [] }

/** Looks of several machines in one text under one name: all of them `localhost`, or pasted without prompts. */
function isMixed({ nameless, sections }: Draft, fingerprint: (sections: readonly Section[]) => Fingerprint): boolean {
  const telling = sections.filter(({ shape = '' }) => IDENTIFYING.has(shape)).slice(0, MOST_LOOKS)
  const [first, ...others] = telling.map((section) => fingerprint([section]))
  if (first === undefined) return false
  const seen = [first]
  for (const print of others) {
    const renamed = nameless && seen.some(({ hostname }) => hostname && print.hostname && hostname !== print.hostname)
    if (renamed || seen.some((one) => contradicts(one, print))) return true
    if (print.macs.size > 0 || print.hostname || print.machineId) seen.push(print)
  }
  return false
}

/** Formats that `fingerprint` reads, and looks beyond which nothing new is to be expected. */
export const IDENTIFYING = new Set(['ip-addr', 'machine-id', 'hostname', 'hostnamectl', 'uname'])
const MOST_LOOKS = 100

/** A quoted piece of syslog names its host itself. */
function loggingHost(section: Section): string | undefined {
  if (section.shape !== 'keepalived-log') return undefined
  const line = section.lines.find((text) => /\bKeepalived/.test(text))
  return /^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\dT\S+) (\S+) Keepalived/.exec(line ?? '')?.[1]
}

/** A generic name gives way to the name of its file, unless that file also holds text of no named host. */
function displayName(draft: Draft, all: readonly Draft[]): string {
  if (!draft.generic) return draft.name || draft.source
  const alone = all.filter((other) => other.source === draft.source).length === 1
  return alone ? stem(draft.source) : draft.name || stem(draft.source)
}

export function stem(source: string): string {
  const base = source.split('/').at(-1) ?? source
  return base.replace(/\.(?:txt|log|out|md|conf|session)$/i, '') || base
}

function unique(name: string, taken: Set<string>): string {
  let id = name
  for (let n = 2; taken.has(id); n++) id = `${name}(${n})`
  taken.add(id)
  return id
}

function contradicts(a: Fingerprint, b: Fingerprint): boolean {
  if (a.machineId && b.machineId && a.machineId !== b.machineId) return true
  let shared = 0
  let different = 0
  for (const [dev, mac] of a.macs) {
    const other = b.macs.get(dev)
    if (!other) continue
    shared++
    if (other !== mac) different++
  }
  return shared > 0 && different === shared
}
