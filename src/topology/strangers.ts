/** Who else uses the VRID of a virtual router, by captures, logs and the other routers of the case. */
import type { Host } from '../model/case.ts'
import type { Cite, NonEmpty } from '../model/evidence.ts'
import { areClusters, clustersOf } from './advertised.ts'
import { nodesKnown, onWireOf, outranksMaster, relationOf } from './outsiders.ts'
import { gaveWayTo, refusedStrangers } from './stranger-log.ts'
import { type VirtualRouter, virtualRouters } from './vrrp.ts'
import type { Heard } from './vrrp-health.ts'

export type Stranger =
  /** Names of the hosts it took the VIP from are those of the router. */
  | { readonly kind: 'takes-over'; readonly who: string; readonly priority: number; readonly cites: NonEmpty<Cite> }
  | { readonly kind: 'other-vips'; readonly who: string; readonly vips: string; readonly cites: NonEmpty<Cite> }
  /** `who`: the node that refuses. */
  | { readonly kind: 'refused'; readonly who: string; readonly reason: string; readonly cites: NonEmpty<Cite> }
  | { readonly kind: 'two-clusters'; readonly who: string; readonly ours: string; readonly cites: NonEmpty<Cite> }

export interface Senders {
  readonly sources: readonly {
    readonly ip: string
    readonly first: Cite
    readonly priorities: readonly number[]
    readonly vips: readonly string[]
    readonly segments: readonly string[]
  }[]
  readonly doubt?: string
  readonly dev?: string
}

export interface Strangers {
  readonly found: readonly Stranger[]
  /** Senders that may be nodes which were not given. */
  readonly maybe: readonly { readonly ip: string; readonly at: Cite }[]
  /** A capture that would show a stranger, and shows none. */
  readonly watched?: Cite
}

export interface Seen {
  readonly senders: (host: Host, vrid: number) => Senders | undefined
  readonly heard: Heard
  /** Addresses of all nodes. */
  readonly known: ReadonlySet<string>
}

export interface LookAt {
  readonly router: VirtualRouter
  readonly vrid: number
  readonly strangers: Strangers
}

/** One look for each virtual router that has an id. */
export function looksAt(hosts: readonly Host[], seen: Seen): readonly LookAt[] {
  return virtualRouters(hosts).flatMap((router) => {
    const vrid = router.speakers[0]?.instance.vrid?.value
    return vrid === undefined ? [] : [{ router, vrid, strangers: strangersOf(router, vrid, seen) }]
  })
}

function strangersOf(router: VirtualRouter, vrid: number, { senders, heard, known }: Seen): Strangers {
  const found = new Map<string, Stranger>()
  const maybe = new Map<string, Cite>()
  let watched: Cite | undefined
  const higher = (ip: string, priority: number, at: Cite): void => {
    if (found.has(ip)) return
    if (nodesKnown(router) && outranksMaster(router, priority))
      found.set(ip, { kind: 'takes-over', who: ip, priority, cites: [at] })
    else maybe.set(ip, at)
  }
  for (const speaker of router.speakers) {
    const { sources, doubt, dev } = senders(speaker.host, vrid) ?? { sources: [] }
    const others = sources.filter((source) => !known.has(source.ip) && onWireOf(speaker, source, dev))
    const [first] = sources
    if (doubt === undefined && first !== undefined && others.length === 0) watched ??= first.first
    for (const { ip, first: at, priorities, vips } of others) {
      const theirs = vips.join(' ').replaceAll(' ', ', ')
      if (relationOf(router, vips) === 'other-vips')
        found.set(ip, { kind: 'other-vips', who: ip, vips: theirs, cites: [at] })
      else higher(ip, Math.max(0, ...priorities), at)
    }
  }
  for (const { ip, priority, at } of gaveWayTo(router, known)) higher(ip, priority, at)
  if (areClusters(router)) {
    const [ours = '', ...others] = clustersOf(router).map((members) =>
      members.map(({ host }) => host.names[0]).join(', '),
    )
    const [line, ...lines] = router.speakers.map(({ instance }) => instance.vrid?.at ?? instance.at)
    if (line) found.set('clusters', { kind: 'two-clusters', who: others.join(' and '), ours, cites: [line, ...lines] })
  }
  const [refusal] = refusedStrangers(router, heard)
  if (refusal !== undefined && found.size === 0)
    found.set('log', { kind: 'refused', who: refusal.host.names[0], reason: refusal.reason, cites: [refusal.at] })
  return {
    found: [...found.values()],
    maybe: [...maybe].filter(([ip]) => !found.has(ip)).map(([ip, at]) => ({ ip, at })),
    ...(watched === undefined ? {} : { watched }),
  }
}
