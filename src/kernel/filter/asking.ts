/** Questions that several checks ask the packet filter, and the answers in words. */
import type { Known } from '../../model/evidence.ts'
import type { Firewall } from '../../model/facts.ts'
import type { FilterPacket } from './packet.ts'
import { type Verdict, walk } from './walk.ts'

/** An advert as the filter sees it: multicast never has a connection; a peer's unicast is NEW until the node has sent one itself. */
export function advertPacket(
  flow: { readonly protocol: number; readonly src?: string; readonly dst?: string; readonly dev?: string },
  way: 'in' | 'out' = 'in',
): FilterPacket {
  const dev =
    flow.dev === undefined
      ? way === 'in'
        ? { notIn: ['lo'] }
        : { notOut: ['lo'] }
      : way === 'in'
        ? { in: flow.dev }
        : { out: flow.dev }
  return {
    protocol: flow.protocol,
    ctstate: 'NEW',
    mark: 0,
    ...(flow.src === undefined ? {} : { src: flow.src }),
    ...(flow.dst === undefined ? {} : { dst: flow.dst }),
    ...dev,
  }
}

/** Every way a peer's advert may look on the way in: once this node has sent one to that peer, the peer's are answers to connection tracking. */
export function advertsIn(
  flow: Parameters<typeof advertPacket>[0] & { readonly unicast: boolean },
): readonly FilterPacket[] {
  const packet = advertPacket(flow)
  return flow.unicast ? [packet, { ...packet, ctstate: 'ESTABLISHED' }] : [packet]
}

/** Refused at first, do all these adverts get in once this node has sent one itself? Only unicast has answers. */
export function getsInLater(firewall: Known<Firewall>, flows: readonly Parameters<typeof advertsIn>[0][]): boolean {
  return flows.every((flow) =>
    advertsIn(flow).some((packet) => walk(firewall.value, firewall, packet, 'input').verdict === 'accept'),
  )
}

/**
 * Every way an advert may look on the way out. To a peer that was heard before one is an answer; to the group it never is,
 * nobody answers from there. Without the configuration (`instance` undefined) it may go to a peer as well as to the group.
 */
export function advertsOut(
  flow: Parameters<typeof advertPacket>[0] & { readonly unicast: boolean; readonly instance?: string },
): readonly FilterPacket[] {
  const packet = advertPacket(flow, 'out')
  if (flow.unicast) return [packet, { ...packet, ctstate: 'ESTABLISHED' }]
  const { dst: _, ...anywhere } = packet
  return flow.instance === undefined ? [packet, anywhere] : [packet]
}

/** 1-based place in the built-in chain where an accept has to go in to be met first; 1 where the decision falls in a chain it jumps to. */
export function chainPosition(firewall: Firewall, verdict: Verdict): number {
  const { rule } = verdict
  for (const table of firewall.tables) {
    if (table.name !== 'filter') continue
    for (const chain of table.chains) {
      const index = rule === undefined ? -1 : chain.rules.indexOf(rule)
      if (index >= 0 && chain.policy !== undefined) return index + 1
    }
  }
  return 1
}

const DOUBT = {
  condition: 'a rule that cannot be decided',
  'cut-short': 'the listing breaks off',
  'unread-line': 'a line of the listing was not understood',
  target: 'the effect of a rule is not known',
  'not-listed': 'the table was not listed',
  'too-complex': 'the chains call each other too deep',
} as const

export function filterDoubt(verdict: Verdict): string {
  const { rule, option, reason } = verdict
  if (rule && option !== undefined) return `"${rule.text}" depends on ${option}`
  return rule ? `"${rule.text}"` : DOUBT[reason ?? 'condition']
}
