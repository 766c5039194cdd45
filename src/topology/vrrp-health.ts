/** Whether the nodes of a virtual router demonstrably hear each other, whatever their files say. */
import { saidSinceStart } from './keepalived-run.ts'
import type { Speaker } from './vrrp.ts'

/** By the logs, one is MASTER and every other one BACKUP: the running daemons agree, so the files were edited since. */
export function agreeByLog(speakers: readonly Speaker[]): boolean {
  const states = speakers.map(
    ({ host, instance }) =>
      saidSinceStart(host, 'state').findLast(({ event }) => event.instance === instance.name)?.event.state,
  )
  return (
    states.filter((state) => state === 'MASTER').length === 1 &&
    states.every((state) => state === 'MASTER' || state === 'BACKUP')
  )
}
