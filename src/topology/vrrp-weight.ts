/** What tracked scripts and interfaces do to the priority of an instance. */
import type { Cite } from '../model/evidence.ts'
import type { SyncGroup } from '../model/facts.ts'
import { nodeFinder } from './conf-tree.ts'
import { effectiveVrrp, OWNER_PRIORITY, type Speaker, type VirtualRouter } from './vrrp.ts'

export interface Weighted {
  readonly name: string
  readonly weight: number
  /** Where the weight is written: with the tracker, or in the script's own block. */
  readonly at: Cite
}

const HIGHEST = 254

/**
 * Trackers that move the priority instead of stopping the instance (weight 0 is FAULT). The weights of an instance of a
 * sync group are ignored (keepalived.conf(5), vrrp_sync_group), unless the group says sync_group_tracking_weight.
 */
export function weightsOf(speaker: Speaker): readonly Weighted[] {
  return ignoringGroup(speaker) === undefined ? writtenWeights(speaker) : []
}

/** The sync group on whose account keepalived ignores the weights of this instance. */
export function ignoringGroup({ conf, instance }: Speaker): SyncGroup | undefined {
  const group = conf.value.syncGroups.find(({ members }) => members.some(({ value }) => value === instance.name))
  const inside = group && nodeFinder(conf.value)('vrrp_sync_group', group.at)?.children
  return inside?.some(({ keyword }) => WITH_WEIGHTS.test(keyword)) ? undefined : group
}

/** global_tracking is the older word for it. */
const WITH_WEIGHTS = /^(?:sync_group_tracking_weight|global_tracking)$/

/** Weights as written. A script that is not defined is ignored. */
export function writtenWeights({ conf, instance }: Speaker): readonly Weighted[] {
  const { scripts } = conf.value
  const ofScripts = instance.trackScripts.flatMap(({ name, weight, at }): readonly Weighted[] => {
    const script = scripts.find((candidate) => candidate.name === name)
    if (!script) return []
    if (weight !== undefined) return [{ name, weight, at }]
    return script.weight ? [{ name, weight: script.weight.value, at: script.weight.at }] : []
  })
  const ofInterfaces = instance.trackInterfaces.map(({ name, weight = 0, at }) => ({ name, weight, at }))
  return [...ofScripts, ...ofInterfaces].filter(({ weight }) => weight !== 0)
}

/** Priority while everything tracked is well: positive weights are added. */
export function priorityWhenWell(speaker: Speaker): number {
  return priorityWith(speaker, (weight) => Math.max(0, weight))
}

/** Priority when everything tracked has failed: negative weights are taken off, positive ones are not given. */
export function priorityWhenFailed(speaker: Speaker): number {
  return priorityWith(speaker, (weight) => Math.min(0, weight))
}

function priorityWith(speaker: Speaker, effect: (weight: number) => number): number {
  const { priority } = effectiveVrrp(speaker)
  // The owner of the address never changes it.
  if (priority === OWNER_PRIORITY) return OWNER_PRIORITY
  const sum = weightsOf(speaker).reduce((total, { weight }) => total + effect(weight), priority)
  return Math.min(HIGHEST, Math.max(1, sum))
}

/** Processes, files and BFD sessions move the priority too; this version does not weigh them. */
export function hasOtherTrackers({ conf, instance }: Speaker): boolean {
  const inside = nodeFinder(conf.value)('vrrp_instance', instance.at)?.children ?? []
  return inside.some((node) => /^track_(?:process|file|bfd)$/.test(node.keyword))
}

export interface Leader {
  readonly router: VirtualRouter
  readonly first: Speaker
  readonly next: Speaker
}

/** The node that is MASTER while all is well, if it tracks by weight, and the next in line. A draw has no such node. */
export function leadersByWeight(router: VirtualRouter): readonly Leader[] {
  const [first, next] = [...router.speakers].sort((a, b) => priorityWhenWell(b) - priorityWhenWell(a))
  if (router.speakers.some((speaker) => hasOtherTrackers(speaker))) return []
  if (!first || !next || weightsOf(first).length === 0 || priorityWhenWell(first) === priorityWhenWell(next)) return []
  if (first.instance.vrid?.value !== next.instance.vrid?.value) return []
  return [{ router, first, next }]
}

/** Without a priority keepalived takes 100: the instance itself is the line then. */
export function priorityLine({ instance }: Speaker): Cite {
  return instance.priority?.at ?? instance.at
}
