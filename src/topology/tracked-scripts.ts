/** Which check scripts the instances of a host track, and where each is defined. */
import type { Cite } from '../model/evidence.ts'
import type { ConfNode, KeepalivedConf, VrrpScript } from '../model/facts.ts'

export interface TrackedName {
  readonly name: string
  readonly at: Cite
  /** `vrrp_instance VI_1`, `vrrp_sync_group G1`. */
  readonly by: string
  /** Name of the instance; undefined for a sync group. */
  readonly instance?: string
}

/** Names in the track_script blocks of instances and sync groups. */
export function trackedNames(conf: KeepalivedConf): readonly TrackedName[] {
  const ofInstances = conf.instances.flatMap(({ name: instance, trackScripts }) =>
    trackScripts.map(({ name, at }) => ({ name, at, by: `vrrp_instance ${instance}`, instance })),
  )
  const ofGroups = conf.root
    .filter(({ keyword }) => keyword === 'vrrp_sync_group')
    .flatMap((group) =>
      childrenNamed(group, 'track_script').map(({ keyword, at }) => ({
        name: keyword,
        at,
        by: `vrrp_sync_group ${group.args[0] ?? ''}`.trim(),
      })),
    )
  return [...ofInstances, ...ofGroups]
}

function childrenNamed(node: ConfNode, keyword: string): readonly ConfNode[] {
  return (node.children ?? []).filter((child) => child.keyword === keyword).flatMap((child) => child.children ?? [])
}

/**
 * The script that a name stands for. keepalived looks it up while it reads, so one that is defined further down does not
 * exist yet (vrrp_track.c, alloc_track_script).
 */
export function definitionOf({ name, at }: TrackedName, conf: KeepalivedConf): VrrpScript | 'later' | undefined {
  const named = conf.scripts.filter((script) => script.name === name)
  // The reader has followed includes: which file comes first, its places do not tell.
  const isLate = conf.problems.some(
    (one) =>
      one.kind === 'undefined-reference' &&
      one.word === name &&
      one.at.line === at.line &&
      one.at.section === at.section,
  )
  if (isLate) return named.length > 0 ? 'later' : undefined
  const before = named.find((script) => script.at.section !== at.section || script.at.line < at.line)
  return before ?? (named.length > 0 ? 'later' : undefined)
}

export interface TrackedScript {
  readonly script: VrrpScript
  readonly instances: readonly string[]
}

/** Scripts that decide over at least one instance; a script that nobody tracks is not even run. */
export function trackedScripts(conf: KeepalivedConf): readonly TrackedScript[] {
  const names = trackedNames(conf)
  return conf.scripts.flatMap((script) => {
    const users = names.filter((tracked) => tracked.name === script.name && definitionOf(tracked, conf) === script)
    const instances = [...new Set(users.flatMap(({ instance }) => instance ?? []))]
    return users.length > 0 ? [{ script, instances }] : []
  })
}
