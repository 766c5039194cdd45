/** What it means that an address has moved to another MAC: a failover, one machine with two interfaces, or two that both answer. */
import type { Case, StateChange } from '../model/case.ts'
import { ownAddresses } from './addresses.ts'
import { type MacChange, type MacOwner, virtualRouterOfMac } from './mac-changes.ts'

export type Moved = {
  /** ` (ds1)`, or nothing where no host of the case has that MAC. */
  readonly ownerBefore: string
  readonly ownerAfter: string
  /** VRID, where one of the MACs is a virtual one. */
  readonly vrid?: number
  /** Of a failover: how we know. */
  readonly why: string
}

export type MoveKind = 'vip-moved' | 'address-moved' | 'machine-moved' | 'failover' | 'one-machine'

export function whatMoved(
  change: MacChange,
  kase: Case,
  owners: ReadonlyMap<string, readonly MacOwner[]>,
): { readonly message: MoveKind; readonly moved: Moved; readonly owners: readonly MacOwner[] } {
  const before = owners.get(change.before.mac) ?? []
  const after = owners.get(change.after.mac) ?? []
  const vrid = virtualRouterOfMac(change.before.mac) ?? virtualRouterOfMac(change.after.mac)
  const what = kindOf(change.ip, kase)
  const why = what === 'machine-moved' || vrid !== undefined ? undefined : failover(change, before, after, kase)
  const same = before.length === 1 && after.length === 1 && before[0]?.host === after[0]?.host
  const names = { ownerBefore: named(before), ownerAfter: named(after) }
  return {
    message: same ? 'one-machine' : why === undefined ? what : 'failover',
    moved: { ...names, why: why ?? '', ...(vrid === undefined ? {} : { vrid }) },
    owners: [...before, ...after],
  }
}

function named(owners: readonly MacOwner[]): string {
  return owners.length === 0 ? '' : ` (${owners.map(({ host }) => host.names[0]).join(', ')})`
}

/** A VIP of the cluster, the address of one machine, or an address that nothing else is known of. */
function kindOf(ip: string, { topology, hosts }: Case): 'vip-moved' | 'address-moved' | 'machine-moved' {
  if (topology.vips.some((vip) => vip.ip === ip) || topology.services.some((service) => service.vip === ip))
    return 'vip-moved'
  const pool = topology.services.some((service) => service.servers.some((server) => server.ip === ip))
  return pool || hosts.some((host) => ownAddresses(host.facts).some((own) => own.ip === ip))
    ? 'machine-moved'
    : 'address-moved'
}

/** Both MACs are of directors of which not two hold it now, or somebody moved it between the two looks. */
function failover(
  { ip, before, after }: MacChange,
  from: readonly MacOwner[],
  to: readonly MacOwner[],
  kase: Case,
): string | undefined {
  const holders = kase.topology.vips.find((vip) => vip.ip === ip)?.holders ?? []
  if (new Set(holders.map((holder) => holder.host)).size > 1) return undefined
  const director = ({ host }: MacOwner): boolean => host.roles.director.is === 'yes'
  if (from.length > 0 && to.length > 0 && [...from, ...to].every(director)) return 'Both MACs belong to directors'
  // One owner that is no director: whatever was typed, it must not answer.
  if (![...from, ...to].every(director)) return undefined
  const typed = kase.changes.find((made) => isBetween(made, before, after))
  return typed && `"${typed.text}" was typed on ${typed.host} between the two looks`
}

function isBetween({ kind, moment }: StateChange, before: MacChange['before'], after: MacChange['after']): boolean {
  if (kind !== 'service' && kind !== 'addresses') return false
  const { source } = moment
  if (source !== before.moment.source || source !== after.moment.source) return false
  return moment.order > before.moment.order && moment.order < after.moment.order
}
