/** Instances of one host that keepalived refuses to run side by side (check_vrid_conflicts of keepalived 2.2). */
import type { Known } from '../model/evidence.ts'
import type { KeepalivedConf, VrrpInstance } from '../model/facts.ts'
import { nodeFinder } from './conf-tree.ts'
import { effectiveVrrp } from './vrrp.ts'

export interface VridConflict {
  readonly first: VrrpInstance
  readonly second: VrrpInstance
}

/** Each instance with the first that it collides with. A second block of one name is skipped by keepalived itself. */
export function vridConflicts(conf: Known<KeepalivedConf>): readonly VridConflict[] {
  const taken = new Map<string, VrrpInstance>()
  const names = new Set<string>()
  return conf.value.instances.flatMap((instance) => {
    if (names.has(instance.name)) return []
    names.add(instance.name)
    const places = placesOf(conf, instance)
    const first = places.map((place) => taken.get(place)).find((other) => other !== undefined)
    for (const place of places) if (!taken.has(place)) taken.set(place, instance)
    return first === undefined ? [] : [{ first, second: instance }]
  })
}

/**
 * What an instance occupies. Multicast: VRID, family, interface and group. Unicast is another space: VRID, family, source
 * and, since several instances may share that, each peer.
 */
function placesOf(conf: Known<KeepalivedConf>, instance: VrrpInstance): readonly string[] {
  const vrid = instance.vrid?.value
  if (vrid === undefined) return []
  const family = instance.vips[0]?.ip.includes(':') ? 6 : 4
  const dev = instance.interface?.value ?? ''
  if (!effectiveVrrp({ conf, instance }).unicast) return [`${vrid} ${family} ${dev} ${groupOf(conf.value, instance)}`]
  const source = instance.unicastSrc?.value ?? ''
  return instance.unicastPeers.map(({ value }) => `${vrid} ${family} ${dev} ${source} unicast ${value}`)
}

function groupOf(conf: KeepalivedConf, instance: VrrpInstance): string {
  const inside = nodeFinder(conf)('vrrp_instance', instance.at)?.children ?? []
  return inside.findLast(({ keyword }) => keyword === 'mcast_dst_ip')?.args[0] ?? ''
}
