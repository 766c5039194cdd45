/** Masters that a capture shows to be alone. */
import type { Cite, Fact } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import { presentMasters } from './present-masters.ts'

export interface HeardMaster {
  readonly vrid: number
  /** Source address of its adverts. */
  readonly ip: string
  readonly at: Cite
}

/** The only sender of each VRID, where a second one could not have stayed unseen: the capture is long enough, and whole. */
export function heardMasters(capture: Fact<Capture>): readonly HeardMaster[] {
  if (capture.state === 'missing') return []
  return presentMasters(capture).flatMap(({ key, sources, doubt, at }): readonly HeardMaster[] => {
    const [only, second] = sources
    return doubt === undefined && second === undefined ? [{ vrid: Number(key.split(' ')[0]), ip: only.ip, at }] : []
  })
}
