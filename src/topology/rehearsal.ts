/**
 * A failover rehearsal on paper: who is MASTER before, during and after each single failure, by the rules of keepalived's
 * election (vrrp.c, vrrp_scheduler.c): the highest effective priority wins, weight 0 and a lost interface mean FAULT, a BACKUP
 * with nopreempt never takes over from a living MASTER, and a draw leaves the VIP where it is.
 */
import type { HostId } from '../model/evidence.ts'
import { effectiveVrrp, type Speaker, type VirtualRouter } from './vrrp.ts'
import { hasOtherTrackers, priorityWhenWell, type Weighted, weightsOf } from './vrrp-weight.ts'

export type Failure =
  | { readonly kind: 'node'; readonly host: HostId }
  | { readonly kind: 'interface'; readonly host: HostId; readonly name: string }
  | { readonly kind: 'script'; readonly host: HostId; readonly name: string }

/** `unknown`: a draw, decided by who was there first. */
export type Master = HostId | 'nobody' | 'unknown'

export interface Rehearsed {
  readonly failure: Failure
  readonly before: Master
  readonly during: Master
  /** When what failed is well again. */
  readonly after: Master
  /** The MASTER was hit, and it went on being MASTER. */
  readonly stuck: boolean
  /** Why it is stuck. */
  readonly because?: 'weight-too-small' | 'peer-nopreempt'
}

interface Node {
  readonly host: HostId
  readonly well: number
  readonly nopreempt: boolean
  readonly weights: readonly Weighted[]
  readonly speaker: Speaker
}

/** undefined where the outcome does not follow from the configurations: other trackers, different VRIDs, one node only. */
export function rehearse(router: VirtualRouter): readonly Rehearsed[] | undefined {
  const { speakers } = router
  const vrids = new Set(speakers.map((speaker) => speaker.instance.vrid?.value))
  if (speakers.length < 2 || vrids.size > 1 || speakers.some(hasOtherTrackers)) return undefined
  const nodes = speakers.map(
    (speaker): Node => ({
      host: speaker.host.id,
      well: priorityWhenWell(speaker),
      // keepalived clears nopreempt where the configured state is MASTER.
      nopreempt: speaker.instance.nopreempt !== undefined && speaker.instance.state?.value.toUpperCase() !== 'MASTER',
      weights: weightsOf(speaker),
      speaker,
    }),
  )
  return nodes.flatMap((node) => failuresOf(node).map((failure) => play(nodes, node, failure)))
}

function failuresOf({ host, speaker }: Node): readonly Failure[] {
  const { instance } = speaker
  const dev = instance.interface?.value
  return [
    { kind: 'node', host },
    ...(dev === undefined ? [] : [{ kind: 'interface' as const, host, name: dev }]),
    ...instance.trackInterfaces
      .filter(({ name }) => name !== dev)
      .map(({ name }) => ({ kind: 'interface' as const, host, name })),
    ...instance.trackScripts
      .filter(({ name }) => speaker.conf.value.scripts.some((s) => s.name === name))
      .map(({ name }) => ({ kind: 'script' as const, host, name })),
  ]
}

function play(nodes: readonly Node[], hit: Node, failure: Failure): Rehearsed {
  const before = elect(nodes, new Map(nodes.map((node) => [node.host, node.well])), undefined)
  const left = priorityDuring(hit, failure)
  const priorities = new Map(
    nodes.flatMap((node) =>
      node === hit ? (left === undefined ? [] : [[node.host, left] as const]) : [[node.host, node.well] as const],
    ),
  )
  const during = elect(nodes, priorities, before)
  const after = elect(nodes, new Map(nodes.map((node) => [node.host, node.well])), during)
  const stuck = before === hit.host && during === hit.host
  const rivals = nodes.filter((node) => node !== hit)
  const lower = left !== undefined && rivals.some((node) => node.well > left)
  return {
    failure,
    before,
    during,
    after,
    stuck,
    ...(stuck ? { because: lower ? ('peer-nopreempt' as const) : ('weight-too-small' as const) } : {}),
  }
}

/** undefined: out of the election (down, or FAULT). */
function priorityDuring(node: Node, failure: Failure): number | undefined {
  if (failure.kind === 'node') return undefined
  const weighted = node.weights.find(({ name }) => name === failure.name)
  // The instance's own interface, and every tracker of weight 0, put it into FAULT.
  if (!weighted || (failure.kind === 'interface' && failure.name === node.speaker.instance.interface?.value))
    return undefined
  if (effectiveVrrp(node.speaker).priority === 255) return 255
  return Math.min(254, Math.max(1, node.well - Math.abs(weighted.weight)))
}

/** The MASTER among the nodes that take part, given who is MASTER now. */
function elect(nodes: readonly Node[], priorities: ReadonlyMap<HostId, number>, now: Master | undefined): Master {
  const candidates = nodes.filter((node) => priorities.has(node.host))
  if (candidates.length === 0) return 'nobody'
  const present = now !== undefined && priorities.has(now) ? now : undefined
  const best = Math.max(...candidates.map((node) => priorities.get(node.host) ?? 0))
  if (present !== undefined) {
    const own = priorities.get(present) ?? 0
    const takers = candidates.filter((node) => (priorities.get(node.host) ?? 0) > own && !node.nopreempt)
    if (takers.length === 0) return present
    const top = Math.max(...takers.map((node) => priorities.get(node.host) ?? 0))
    return only(takers.filter((node) => priorities.get(node.host) === top))
  }
  return only(candidates.filter((node) => priorities.get(node.host) === best))
}

function only(nodes: readonly Node[]): Master {
  const [first, ...more] = nodes
  return first === undefined ? 'nobody' : more.length > 0 ? 'unknown' : first.host
}
