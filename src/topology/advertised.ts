/** The addresses an instance puts into its adverts. */
import { isFilledElsewhere, nodeFinder } from './conf-tree.ts'
import type { Speaker, VirtualRouter } from './vrrp.ts'

/** Sorted, each once. `virtual_ipaddress_excluded` is not advertised. */
export function advertisedVips({ instance }: Pick<Speaker, 'instance'>): readonly string[] {
  return [...new Set(instance.vips.map(({ ip }) => ip))].sort()
}

/** A line of the list may stand for any address: a variable, an include, a condition. */
export function mayHaveMore({ conf, instance }: Speaker): boolean {
  const lists = nodeFinder(conf.value)('vrrp_instance', instance.at)?.children ?? []
  const lines = lists.filter(({ keyword }) => keyword === 'virtual_ipaddress').flatMap(({ children }) => children ?? [])
  return lines.length > instance.vips.length && lines.some((line) => isFilledElsewhere(line))
}

/** Speakers by what they have in common: nodes of two clusters that share a VRID fall into two groups. */
export function clustersOf({ speakers }: VirtualRouter): readonly (readonly Speaker[])[] {
  let clusters: readonly { readonly vips: ReadonlySet<string>; readonly members: readonly Speaker[] }[] = []
  for (const speaker of speakers) {
    const own = advertisedVips(speaker)
    const mates = clusters.filter(({ vips }) => own.some((vip) => vips.has(vip)))
    const merged = {
      vips: new Set([...mates.flatMap(({ vips }) => [...vips]), ...own]),
      members: [...mates.flatMap(({ members }) => members), speaker],
    }
    clusters = [...clusters.filter((cluster) => !mates.includes(cluster)), merged]
  }
  return clusters.map(({ members }) => members)
}

/** Two clusters of two nodes or more each: not one cluster with a slip in its list of VIPs. */
export function areClusters(router: VirtualRouter): boolean {
  return clustersOf(router).filter((members) => members.length > 1).length > 1
}
