/**
 * Which sections belong to one machine. The only place that decides it: merging two directors hides a split brain,
 * splitting one invents it.
 */
import type { HostId, Section } from '../model/evidence.ts'
import type { HostCommand } from '../transcript/index.ts'

export interface HostGroup {
  readonly id: HostId
  readonly names: readonly [string, ...string[]]
  /** Only the name of the source names it: loose text of a document, or one bare output. */
  readonly nameless: boolean
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

/** Facts that tell two machines of one name apart: machine-id, and MAC by interface. */
export interface Fingerprint {
  readonly machineId?: string
  readonly macs: ReadonlyMap<string, string>
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

  const merged: { draft: Draft; print: Fingerprint }[] = []
  for (const draft of drafts.values()) {
    const print = fingerprint(draft.sections)
    const twin = merged.find(
      (other) => other.draft.name === draft.name && !draft.generic && !contradicts(other.print, print),
    )
    if (twin) {
      twin.draft.sections.push(...draft.sections)
      twin.draft.commands.push(...draft.commands)
      twin.print = fingerprint(twin.draft.sections)
    } else merged.push({ draft, print })
  }

  const taken = new Set<string>()
  return merged.map(({ draft }) => {
    const id = unique(displayName(draft, [...drafts.values()]), taken)
    const names: [string, ...string[]] = draft.name && draft.name !== id ? [id, draft.name] : [id]
    return { id, names, nameless: draft.nameless, sections: draft.sections, commands: draft.commands }
  })
}

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
