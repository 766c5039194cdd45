/** The packet to a service that was seen going round most often, over all looks at all hosts. */
import type { Host } from '../../model/case.ts'
import { type Loop, loops } from './loops.ts'

export interface Circling {
  readonly loop: Loop
  /** Name of the host whose capture shows it. */
  readonly seenOn: string
}

/** What is left out fits any packet; so does a port that the capture prints as a name. */
export function circlingTo(
  hosts: readonly Host[],
  { vip, port }: { readonly vip?: string; readonly port?: number },
): Circling | undefined {
  const fits = ({ packet: { dst, dport } }: Loop): boolean =>
    (vip === undefined || dst === vip) && (!port || typeof dport === 'string' || dport === port)
  const seen = hosts.flatMap(({ names, facts: { capture } }) =>
    capture.state === 'known'
      ? [...capture.earlier, capture].flatMap(({ value }) => loops(value)).map((loop) => ({ loop, seenOn: names[0] }))
      : [],
  )
  return seen
    .filter(({ loop }) => fits(loop))
    .reduce<Circling | undefined>(
      (most, next) => (next.loop.sightings > (most?.loop.sightings ?? 0) ? next : most),
      undefined,
    )
}
