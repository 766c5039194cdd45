/** Who sends adverts of a VRID, as one host's capture shows it. */
import type { Fact } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import type { MasterSource } from './masters.ts'
import { presentMasters } from './present-masters.ts'

export interface VridSenders {
  readonly sources: readonly MasterSource[]
  /** Why somebody may have stayed unseen; undefined: nobody could. */
  readonly doubt?: string
  /** Interface of the whole capture, where it was taken on one. */
  readonly dev?: string
}

/** undefined: no capture, or none that shows the VRID. */
export function vridSenders(capture: Fact<Capture>, vrid: number | undefined): VridSenders | undefined {
  if (capture.state === 'missing' || vrid === undefined) return undefined
  const groups = presentMasters(capture).filter(({ key }) => Number(key.split(' ')[0]) === vrid)
  const doubt = groups.find(({ blind }) => blind !== undefined)?.blind
  const dev = capture.value.interface
  if (groups.length === 0) return undefined
  return {
    sources: groups.flatMap(({ sources }) => sources),
    ...(doubt === undefined ? {} : { doubt }),
    ...(dev === undefined || dev === 'any' ? {} : { dev }),
  }
}
