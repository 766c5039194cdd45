/** Who is director, real server and client, which VIPs there are and how they are served: concluded from facts, with the lines. */
import type { ClientAddress, HostFacts, Role, Service, StateChange, Topology, Tri, Vip } from '../model/case.ts'
import type { HostId } from '../model/evidence.ts'
import { clientsOf } from './clients.ts'
import { rolesOf } from './roles.ts'
import { inferredServices, servicesOf } from './services.ts'
import { vipsOf } from './vips.ts'

/** What is known of a host before its role is. */
export interface HostEvidence {
  readonly id: HostId
  readonly facts: HostFacts
  /** Loose text of a document: what it mentions does not make it a machine with a role. */
  readonly nameless?: boolean
}

export interface Hints {
  readonly roles?: Readonly<Record<HostId, Role>>
  readonly vips?: readonly string[]
}

export interface Built {
  readonly topology: Topology
  readonly roles: ReadonlyMap<HostId, Readonly<Record<Role, Tri>>>
}

export function buildTopology(
  hosts: readonly HostEvidence[],
  hints: Hints = {},
  changes: readonly StateChange[] = [],
): Built {
  const declared = servicesOf(hosts)
  const services: readonly Service[] = declared.length > 0 ? declared : inferredServices(hosts)
  const vips: readonly Vip[] = vipsOf(hosts, services, changes)
  const roles = rolesOf(hosts, services, vips, hints)
  const clients: readonly ClientAddress[] = clientsOf(hosts, services, vips, roles)
  return { topology: { vips, services, clients }, roles }
}
