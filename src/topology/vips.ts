/** The cluster's virtual addresses, and which director holds each in its latest look. */
import type { Service, StateChange, Vip, VipHolder } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { addressOn, isBroadcastLink } from './addresses.ts'
import type { HostEvidence } from './index.ts'

export function vipsOf(
  hosts: readonly HostEvidence[],
  services: readonly Service[],
  changes: readonly StateChange[],
): readonly Vip[] {
  const named = new Map<string, Cite[]>()
  const name = (ip: string, at: Cite): void => {
    const cites = named.get(ip)
    if (cites) cites.push(at)
    else named.set(ip, [at])
  }
  for (const service of services) if (service.vip !== undefined) for (const at of service.from) name(service.vip, at)
  for (const { facts } of hosts) {
    if (facts.keepalived.state !== 'known') continue
    for (const instance of facts.keepalived.value.instances) {
      for (const vip of [...instance.vips, ...instance.excludedVips]) name(vip.ip, vip.at)
    }
  }
  return [...named].flatMap(([ip, from]) =>
    isNonEmpty(from) ? [{ ip, from, holders: current(holdersOf(hosts, ip), changes) }] : [],
  )
}

/** A sighting that a later one follows, with a change of state between the two, is history: the VIP has moved. */
function current(holders: readonly VipHolder[], changes: readonly StateChange[]): readonly VipHolder[] {
  return holders.filter(
    ({ moment }) =>
      !holders.some(
        (later) =>
          later.moment.source === moment.source &&
          changes.some(
            (c) =>
              c.moment.source === moment.source && c.moment.order > moment.order && c.moment.order < later.moment.order,
          ),
      ),
  )
}

function holdersOf(hosts: readonly HostEvidence[], ip: string): readonly VipHolder[] {
  return hosts.flatMap(({ id, facts }) => {
    const links = facts.links
    if (links.state !== 'known') return []
    return links.value.links.filter(isBroadcastLink).flatMap((link) => {
      const address = addressOn(link, ip)
      return address ? [{ host: id, dev: link.name, at: address.at, moment: links.moment }] : []
    })
  })
}
