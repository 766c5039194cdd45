/** Nodes of one virtual router that are all MASTER and show no sign of having heard each other. */
import type { CaseView } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { LogEvent } from '../model/facts.ts'
import { logOf, stateSteps } from './state-changes.ts'
import type { Speaker, VirtualRouter } from './vrrp.ts'
import { agreeByLog } from './vrrp-health.ts'

export type Hearing =
  | { readonly is: 'heard'; readonly lines: NonEmpty<Cite> }
  | { readonly is: 'deaf'; readonly lines: NonEmpty<Cite> }
  | { readonly is: 'unknown' }

/** Whoever logs one of these has received an advert. */
const RECEIVED = new Set<LogEvent['kind']>([
  'lower-priority-advert',
  'higher-priority-advert',
  'auth-refused',
  'version-refused',
  'interval-refused',
  'vips-refused',
])

/** `heard`: some node has received the other's adverts, or one is BACKUP, which it only stays as long as it hears them. */
export function hearing({ speakers, vips }: VirtualRouter, view: CaseView): Hearing {
  const last = speakers.flatMap(({ host, instance }) => stateSteps(logOf(host), instance.name).at(-1)?.at ?? [])
  // A log that breaks off may end in the BACKUP of a start.
  const whole = speakers.every(({ host: { facts } }) => facts.log.state === 'known' && facts.log.whole)
  const signs = whole && agreeByLog(speakers) ? last : speakers.flatMap(signsOf)
  if (isNonEmpty(signs)) return { is: 'heard', lines: signs }
  const held = view.topology.vips.filter(({ ip }) => vips.includes(ip)).flatMap(({ holders }) => holders)
  const masters = speakers.map((speaker): Cite | undefined => {
    const step = stateSteps(logOf(speaker.host), speaker.instance.name).at(-1)
    return step?.state === 'MASTER' ? step.at : held.find((holder) => holder.host === speaker.host.id)?.at
  })
  const lines = masters.filter((line) => line !== undefined)
  const looks = speakers.flatMap(({ host: { facts } }) => (facts.links.state === 'known' ? [facts.links] : []))
  const together = looks.every((a) => looks.every((b) => view.comparable(a, b)))
  const [only, second] = [...new Set(held.map(({ host }) => host))]
  const all = looks.length === speakers.length && looks.every((look) => look.whole)
  // Whoever hears nobody takes the VIP; where one node alone has it, the other one hears that one (or is not running).
  if (only !== undefined && second === undefined && all && together) {
    const seen = looks.map(({ from: [line] }) => line)
    if (isNonEmpty(seen)) return { is: 'heard', lines: seen }
  }
  return lines.length === speakers.length && together && isNonEmpty(lines) ? { is: 'deaf', lines } : { is: 'unknown' }
}

function signsOf({ host, instance }: Speaker): readonly Cite[] {
  const entries = logOf(host)
  const steps = stateSteps(entries, instance.name)
  const start = steps.findLast(({ state }) => state === 'started')?.index ?? 0
  const received = entries
    .slice(start)
    .find(({ event }) => event && RECEIVED.has(event.kind) && 'instance' in event && event.instance === instance.name)
  const last = steps.at(-1)
  // Right after its start every node is BACKUP; three adverts later it has heard somebody or is MASTER.
  const settled = last?.state === 'BACKUP' && steps.at(-2)?.state === 'MASTER' ? [last.at] : []
  return [...(received ? [received.at] : []), ...settled]
}
