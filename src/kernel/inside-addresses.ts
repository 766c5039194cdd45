/** Addresses of the directors in a real server's network: the ones that may be its gateway. */
import { inCidr } from '../lib/ip.ts'
import type { Host, Service } from '../model/case.ts'
import type { Cite, HostId } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'

export interface InsideAddress {
  readonly ip: string
  /** Directors that have it now or would take it over. */
  readonly hosts: readonly HostId[]
  /** keepalived moves it between the directors. */
  readonly floating: boolean
  readonly at: Cite
}

/** `link`: the interface of the real server. From `ip addr` and from the VIPs of keepalived.conf. */
export function insideAddresses(link: Link, service: Service, hosts: readonly Host[]): readonly InsideAddress[] {
  const nets = link.addresses.filter(({ family, prefix }) => family === 'inet' && prefix < 32)
  const near = (ip: string): boolean => nets.some((net) => net.ip !== ip && inCidr(ip, `${net.ip}/${net.prefix}`))
  const found = new Map<string, { hosts: Set<HostId>; floating: boolean; at: Cite }>()
  const add = (ip: string, host: HostId, floating: boolean, at: Cite): void => {
    if (!near(ip)) return
    const known = found.get(ip)
    if (!known) found.set(ip, { hosts: new Set([host]), floating, at })
    else {
      known.hosts.add(host)
      known.floating ||= floating
    }
  }
  for (const { id, facts } of hosts) {
    if (!service.directors.includes(id)) continue
    if (facts.links.state === 'known')
      for (const { addresses } of facts.links.value.links) for (const own of addresses) add(own.ip, id, false, own.at)
    if (facts.keepalived.state !== 'known') continue
    for (const { vips, excludedVips } of facts.keepalived.value.instances)
      for (const vip of [...vips, ...excludedVips]) add(vip.ip, id, true, vip.at)
  }
  return [...found].map(([ip, { hosts: on, floating, at }]) => ({ ip, hosts: [...on], floating, at }))
}

/** Were the addresses of every director seen? Only then does an address belong to none of them. */
export function directorsSeen(service: Service, hosts: readonly Host[]): boolean {
  return service.directors.every((id) => {
    const links = hosts.find((host) => host.id === id)?.facts.links
    return links?.state === 'known' && links.whole
  })
}
