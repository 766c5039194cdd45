/** Who is behind the source addresses of adverts. */
import type { Host } from '../model/case.ts'
import type { HostId } from '../model/evidence.ts'
import { ownAddresses } from './addresses.ts'
import { sourceAddress, speakersOf } from './vrrp.ts'

export interface AdvertSenders {
  readonly hosts: readonly HostId[]
  readonly vips: readonly string[]
  readonly instances: readonly string[]
}

/** Hosts that own one of the addresses, and their instances with this VRID. */
export function advertSenders(hosts: readonly Host[], vrid: number, ips: readonly string[]): AdvertSenders {
  const senders = speakersOf(hosts).filter(
    (speaker) => speaker.instance.vrid?.value === vrid && ips.includes(sourceAddress(speaker)?.ip ?? ''),
  )
  const owners = hosts.filter(({ facts }) => ownAddresses(facts).some(({ ip }) => ips.includes(ip)))
  return {
    hosts: [...new Set([...senders.map(({ host }) => host.id), ...owners.map(({ id }) => id)])],
    vips: [...new Set(senders.flatMap(({ instance }) => instance.vips.map(({ ip }) => ip)))],
    instances: [...new Set(senders.map(({ instance }) => instance.name))],
  }
}
