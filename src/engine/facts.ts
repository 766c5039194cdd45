/** Sections of one host -> its facts: known with provenance, or missing with the reason and the command that would supply it. */
import type { HostFacts } from '../model/case.ts'
import { NotUnderstood } from '../model/errors.ts'
import type { Cite, Fact, Gap, Known, NonEmpty, Reading, Section, Unread } from '../model/evidence.ts'
import { citeLine, isNonEmpty } from '../model/evidence.ts'
import type { ChangeKind, FactName, Facts } from '../model/facts.ts'
import { PARSERS, SUPPLIES } from '../parsers/registry.ts'
import { askFor } from '../probes/ask.ts'
import type { HostCommand } from '../transcript/index.ts'
import { combine } from './combine.ts'
import { editsConf } from './edited-conf.ts'
import { meaningOfSilence } from './silence.ts'

export interface Look<T = unknown> {
  readonly section: Section
  readonly format: string
  /** The command asked for a selection (`ip addr show eth0`, `| grep`). */
  readonly partial: boolean
  readonly known: Known<T>
}

export interface HostEvidence {
  readonly sections: readonly Section[]
  /** Sections of several machines: only what stands by itself can be read. */
  readonly mixed?: boolean
  readonly commands: readonly HostCommand[]
}

/** Which typed changes make which looks outdated. */
const TOUCHES: Partial<Record<ChangeKind, readonly FactName[]>> = {
  addresses: ['links', 'routes'],
  routes: ['routes', 'policyRules'],
  firewall: ['firewall', 'nft'],
  neighbours: [],
  sysctl: [],
  service: ['units', 'processes'],
  ipvs: ['ipvs'],
  files: [],
  modules: [],
  unknown: [],
}

/** They tell something whatever else the machine is; one machine's addresses with another one's routes or rules tell lies. */
const STANDS_ALONE = new Set(['keepalived-conf', 'sysctl-conf', 'tcpdump'])

/** Scripts and services of the kind that give a real server its VIP and its ARP sysctls: `sh lvs_rs.sh start`, `service network restart`. */
const BINDS = /real_?server|lvs|vip|tunl?|\bnetwork/i
const BOUND: readonly FactName[] = ['links', 'sysctl']

function touches(command: HostCommand['command'], name: FactName): boolean {
  const { changes, text } = command
  if (changes === undefined) return false
  if (name === 'keepalived') return editsConf(command)
  if ((changes === 'unknown' || changes === 'service') && BINDS.test(text) && BOUND.includes(name)) return true
  return TOUCHES[changes]?.includes(name) === true
}

const readings = new WeakMap<Section, Outcome>()

type Outcome =
  | { readonly is: 'read'; readonly reading: Reading<unknown> }
  | { readonly is: 'gap'; readonly code: Gap['code'] }

/** Reads one section once, however often it is asked for. */
export function readSection(section: Section): Outcome | undefined {
  const parser = section.shape === undefined ? undefined : PARSERS.get(section.shape)
  if (!parser) return undefined
  let outcome = readings.get(section)
  if (!outcome) {
    outcome = attempt(section, parser.parse)
    readings.set(section, outcome)
  }
  return outcome
}

function attempt(section: Section, parse: (section: Section) => Reading<unknown>): Outcome {
  const silent = meaningOfSilence(section)
  if (silent !== undefined) return { is: 'read', reading: { value: silent, unread: [], ends: true } }
  const refused = refusal(section)
  if (refused) return { is: 'gap', code: refused }
  try {
    return { is: 'read', reading: parse(section) }
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error
    return { is: 'gap', code: section.exit !== undefined && section.exit !== 0 ? 'failed' : 'not-understood' }
  }
}

/** What a shell or a tool says instead of an answer. */
function refusal(section: Section): Gap['code'] | undefined {
  if (section.exit === 124) return 'timed-out'
  if (section.exit === 127) return 'no-such-tool'
  if (section.exit === 126) return 'denied'
  if (section.lines.length > 3) return undefined
  const text = section.lines.join('\n')
  if (/command not found|: not found$/m.test(text)) return 'no-such-tool'
  // In brackets it stands in a log of keepalived: `send advert error 1 (Operation not permitted)`.
  if (/permission denied|(?<!\()operation not permitted|you must be root|must be run as root/i.test(text))
    return 'denied'
  return undefined
}

export function hostFacts(evidence: HostEvidence): { facts: HostFacts; unread: readonly Unread[] } {
  const facts: Partial<Record<FactName, Fact<unknown>>> = {}
  const unread: Unread[] = []
  const sections = sectionsOfFacts(evidence.sections)
  const changing = evidence.commands.filter(({ command }) => command.changes !== undefined && command.how === 'prompt')
  const all = { ...evidence, changing }
  for (const { fact } of SUPPLIES) facts[fact] ??= factOf(fact, sections.get(fact) ?? [], all, unread)
  facts.commands = commandsFact(evidence)
  return { facts: facts as unknown as HostFacts, unread }
}

let factsOfFormats: ReadonlyMap<string, readonly FactName[]> | undefined

/** For each fact the sections that may tell it, in their order. */
function sectionsOfFacts(sections: readonly Section[]): ReadonlyMap<FactName, readonly Section[]> {
  factsOfFormats ??= byFormat()
  const told = new Map<FactName, Section[]>()
  for (const section of sections)
    for (const fact of factsOfFormats.get(section.shape ?? '') ?? []) {
      const some = told.get(fact)
      if (some === undefined) told.set(fact, [section])
      else some.push(section)
    }
  return told
}

function byFormat(): ReadonlyMap<string, readonly FactName[]> {
  const facts = new Map<string, FactName[]>()
  for (const { format, fact } of SUPPLIES) facts.set(format, [...(facts.get(format) ?? []), fact])
  return facts
}

/** `changing`: commands that somebody typed and that change something. */
type Evidence = HostEvidence & { readonly changing: readonly HostCommand[] }

function factOf(name: FactName, sections: readonly Section[], evidence: Evidence, unread: Unread[]): Fact<unknown> {
  const looks: Look[] = []
  const gaps: Gap[] = []
  for (const section of sections) {
    if (section.shape === undefined) continue
    if (evidence.mixed && !STANDS_ALONE.has(section.shape)) {
      gaps.push({ code: 'not-understood', ask: askFor(name), at: placeOf(section) })
      continue
    }
    const outcome = readSection(section)
    if (!outcome) continue
    if (outcome.is === 'gap') {
      gaps.push({ code: outcome.code, ask: askFor(name), at: placeOf(section) })
      if (outcome.code === 'not-understood') unread.push(...allUnread(section))
      continue
    }
    unread.push(...outcome.reading.unread)
    const partial = outcome.reading.partial === true
    looks.push({ section, format: section.shape, partial, known: knownFrom(section, outcome.reading) })
  }
  const known = combine(name, looks, evidence.commands)
  if (!known) return { state: 'missing', gaps: orElse(gaps, { code: 'not-collected', ask: askFor(name) }) }
  const change = laterChange(name, known, evidence.changing)
  if (change) return { state: 'missing', gaps: [{ code: 'outdated', ask: askFor(name), at: change }] }
  return known
}

function knownFrom(section: Section, reading: Reading<unknown>): Known<unknown> {
  return {
    state: 'known',
    value: reading.value,
    from: [section.lines.length === 0 ? placeOf(section) : citeLine(section, 0, section.lines.length - 1)],
    whole: (section.whole || reading.ends === true) && reading.unread.length === 0 && reading.partial !== true,
    unread: reading.unread,
    moment: momentOf(section),
    earlier: [],
  }
}

function momentOf(section: Section): Known<unknown>['moment'] {
  const { source, order, takenAt } = section
  return { source, order, ...(takenAt === undefined ? {} : { takenAt }) }
}

/** A command typed after the last look that changes what the look showed. */
function laterChange(name: FactName, known: Known<unknown>, commands: readonly HostCommand[]): Cite | undefined {
  const later = commands.find(
    ({ command, source }) =>
      source === known.moment.source && command.order > known.moment.order && touches(command, name),
  )
  return later?.command.at
}

function commandsFact(evidence: HostEvidence): Fact<Facts['commands']> {
  const commands = evidence.commands.map(({ command }) => command)
  const first = evidence.commands[0]
  if (!first || !isNonEmpty(commands)) {
    return { state: 'missing', gaps: [{ code: 'not-collected', ask: [] }] }
  }
  const from = commands.map((command) => command.at) as unknown as NonEmpty<Cite>
  const moment = { source: first.source, order: first.command.order }
  return { state: 'known', value: { commands }, from, whole: false, unread: [], moment, earlier: [] }
}

function placeOf(section: Section): Cite {
  return { section: section.id, line: section.commandLine ?? section.firstLine }
}

function allUnread(section: Section): readonly Unread[] {
  return section.lines.flatMap((text, index) => (text.trim() ? [{ at: citeLine(section, index), text }] : []))
}

function orElse(gaps: readonly Gap[], fallback: Gap): NonEmpty<Gap> {
  return isNonEmpty(gaps) ? gaps : [fallback]
}
