/** What the daemon itself shows: its last run in the log, and whether it is there. */
import type { Host, Topology } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { LogEntry, LogEvent, Unit } from '../model/facts.ts'

/** The event type that a kind belongs to; some types have two kinds. */
type EventOf<K, E = LogEvent> = E extends { readonly kind: infer Kinds } ? (K extends Kinds ? E : never) : never

export interface Logged<K extends LogEvent['kind']> {
  readonly entry: LogEntry
  readonly event: EventOf<K>
}

/** Events of a kind since keepalived was last started; everything before may have been repaired since. */
export function saidSinceStart<K extends LogEvent['kind']>(host: Host, kind: K): readonly Logged<K>[] {
  const { log } = host.facts
  if (log.state !== 'known') return []
  const { entries } = log.value
  const start = entries.findLastIndex((entry) => entry.event?.kind === 'started')
  return entries.slice(Math.max(0, start)).flatMap((entry) => {
    const { event } = entry
    return event?.kind === kind ? [{ entry, event: event as Logged<K>['event'] }] : []
  })
}

/** Release of the last start, where the log says it: `2.2.7`. */
export function releaseOf(host: Host): string | undefined {
  return saidSinceStart(host, 'started').at(-1)?.event.version
}

/** -1, 0 or 1 as of two dotted numbers; what is no number counts as 0. */
export function compareReleases(a: string, b: string): number {
  const left = a.split('.').map((part) => Number.parseInt(part, 10) || 0)
  const right = b.split('.').map((part) => Number.parseInt(part, 10) || 0)
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

export function keepalivedUnit(host: Host): Unit | undefined {
  const { units } = host.facts
  return units.state === 'known' ? units.value.units.find((unit) => unit.name === 'keepalived') : undefined
}

interface Process {
  readonly command: string
  readonly at: Cite
}

/** Processes whose program has this name, whoever else mentions it (`grep keepalived`, `vi keepalived.conf`). */
export function processesNamed(host: Host, names: RegExp): readonly Process[] {
  const { processes } = host.facts
  if (processes.state !== 'known') return []
  return processes.value.processes.filter(({ command }) => {
    const program = command.split(/\s/, 1)[0] ?? ''
    return names.test(program.slice(program.lastIndexOf('/') + 1)) && !command.includes('<defunct>')
  })
}

/** `keepalived`, `keepalived_vrrp` where process names are set, `keepalived:` in containers. */
export const KEEPALIVED = /^keepalived(?:_\w+)?:?$/

/** Every process of the machine is listed: nothing was cut or filtered, and the first process is among them. */
export function allProcesses(host: Host): NonEmpty<Cite> | undefined {
  const { processes } = host.facts
  const all = processes.state === 'known' && processes.whole && processes.value.processes.some(({ pid }) => pid === 1)
  return all ? processes.from : undefined
}

/** Lines that make the host a director: what there is to show where a check has seen nothing of its own. */
export function directorLines(host: Host): NonEmpty<Cite> {
  const { director } = host.roles
  if (director.is !== 'unknown') return director.looked
  const any = Object.values(host.facts).flatMap((fact) => (fact.state === 'known' ? fact.from : []))
  return isNonEmpty(any) ? any : [{ section: '', line: 0 }]
}

/** What the log of the last run ends in, where that is a complaint: the most likely reason why it ended. */
export function lastWords(host: Host): readonly Cite[] {
  const fatal = (['conf-skipped', 'conf-missing', 'interface-missing', 'error'] as const).flatMap((kind) =>
    saidSinceStart(host, kind)
      .slice(-1)
      .map(({ entry }) => entry.at),
  )
  return fatal.slice(0, 1)
}

const CONTAINER = /\b(?:docker|podman|nerdctl|crictl|docker-compose|kubectl)\b/

/**
 * What speaks for a keepalived outside its systemd unit: a process, a VIP that is here although the unit has never run (stopping it
 * takes the VIP away), or containers that somebody looked at. Undefined where all processes are listed, and none is keepalived.
 */
export function runsOutsideUnit(host: Host, topology: Topology): Cite | undefined {
  const [running] = processesNamed(host, KEEPALIVED)
  if (running !== undefined) return running.at
  if (allProcesses(host) !== undefined || keepalivedUnit(host)?.active !== 'inactive') return undefined
  const held = topology.vips.flatMap(({ holders }) => holders).find((holder) => holder.host === host.id)
  const { commands } = host.facts
  const typed = commands.state === 'known' ? commands.value.commands : []
  return held?.at ?? typed.find(({ text, how }) => how === 'prompt' && CONTAINER.test(text))?.at
}
