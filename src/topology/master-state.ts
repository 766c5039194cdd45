/** Is a node MASTER of an instance, by its addresses, else by its log? */
import type { Topology } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { saidSinceStart } from './keepalived-run.ts'
import type { Speaker } from './vrrp.ts'

export interface MasterState {
  readonly is: 'yes' | 'no' | 'unknown'
  readonly at?: Cite
}

/** Who holds a VIP of the instance is MASTER; who was seen without one is not. Only without addresses the log decides. */
export function masterState({ host, instance }: Speaker, topology: Topology): MasterState {
  const { links } = host.facts
  const vips = new Set(instance.vips.map(({ ip }) => ip))
  const held = topology.vips
    .filter(({ ip }) => vips.has(ip))
    .flatMap(({ holders }) => holders.filter((holder) => holder.host === host.id))
  if (held[0] !== undefined) return { is: 'yes', at: held[0].at }
  if (links.state === 'known' && links.whole && vips.size > 0) return { is: 'no', at: links.from[0] }
  const last = saidSinceStart(host, 'state').findLast(({ event }) => event.instance === instance.name)
  if (last === undefined) return { is: 'unknown' }
  return { is: last.event.state === 'MASTER' ? 'yes' : 'no', at: last.entry.at }
}
