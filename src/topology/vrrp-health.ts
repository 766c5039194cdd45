/** Whether the nodes of a virtual router demonstrably hear each other, whatever their files say. */
import type { Host } from '../model/case.ts'
import type { KeepalivedLog } from '../model/facts.ts'
import { saidSinceStart } from './keepalived-run.ts'
import { type Speaker, sourceAddress } from './vrrp.ts'

type VrrpState = 'MASTER' | 'BACKUP' | 'FAULT'

/** State of an instance by the last line of the log that names one. */
export function loggedState(host: Host, instance: string): VrrpState | undefined {
  const { log } = host.facts
  if (log.state === 'missing') return undefined
  const known = states.get(log.value) ?? new Map<string, VrrpState>()
  if (!states.has(log.value))
    for (const { event } of saidSinceStart(host, 'state')) known.set(event.instance, event.state)
  states.set(log.value, known)
  return known.get(instance)
}

/** One pass over a log, however many instances are asked for. */
const states = new WeakMap<KeepalivedLog, Map<string, VrrpState>>()

/** By the logs, one is MASTER and every other one BACKUP: the running daemons agree, so the files were edited since. */
export function agreeByLog(speakers: readonly Speaker[]): boolean {
  const states = speakers.map(({ host, instance }) => loggedState(host, instance.name))
  return (
    states.filter((state) => state === 'MASTER').length === 1 &&
    states.every((state) => state === 'MASTER' || state === 'BACKUP')
  )
}

/** What captures of a host show: the only sender of a VRID. */
export type Heard = (host: Host) => readonly { readonly vrid: number; readonly ip: string }[]

/** All but one hear that one, and send nothing themselves: only a BACKUP that accepts the adverts is silent. */
export function agreeByCapture(speakers: readonly Speaker[], heard: Heard): boolean {
  return speakers.some((master) => {
    const from = sourceAddress(master)?.ip
    const others = speakers.filter((speaker) => speaker !== master)
    return (
      others.length > 0 &&
      others.every(({ host, instance }) =>
        heard(host).some(({ vrid, ip }) => vrid === instance.vrid?.value && ip === from),
      )
    )
  })
}

/** Proven healthy, by the logs or on the wire. */
export function agree(speakers: readonly Speaker[], heard: Heard): boolean {
  return agreeByLog(speakers) || agreeByCapture(speakers, heard)
}
