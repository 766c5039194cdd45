/** Where the adverts of a source go. */
import type { Cite, Fact } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import { masters } from './masters.ts'

const GROUPS: readonly string[] = ['224.0.0.18', 'ff02::12']

/** Lines of adverts from `ip` to the multicast group, or to another address. */
export function sentTo(
  capture: Fact<Capture>,
  vrid: number | undefined,
  ip: string | undefined,
  to: 'group' | 'peer',
): readonly Cite[] {
  if (capture.state === 'missing' || vrid === undefined || ip === undefined) return []
  return masters(capture.value).flatMap((master) =>
    master.vrid !== vrid
      ? []
      : master.sources
          .filter((source) => source.ip === ip)
          .flatMap(({ adverts }) => adverts)
          .filter(({ packet }) => GROUPS.includes(packet.dst) === (to === 'group'))
          .map(({ packet }) => packet.at),
  )
}
