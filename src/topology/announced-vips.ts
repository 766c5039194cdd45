/** VIPs that a node announces on the line of its adverts when it takes over. */
import { isIpv4 } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import { sourceAddress, speakersOf } from './vrrp.ts'

export interface AnnouncedVip {
  readonly ip: string
  /** Host and device, where the configuration of the node was seen. */
  readonly host?: Host
  readonly dev?: string
}

/** By the configuration of whoever has that source address, else by the list in the adverts (`advertised`, known with -v). */
export function announcedVips(
  hosts: readonly Host[],
  vrid: number,
  source: string,
  advertised: readonly string[],
): readonly AnnouncedVip[] {
  const speaker = speakersOf(hosts).find(
    (candidate) => candidate.instance.vrid?.value === vrid && sourceAddress(candidate)?.ip === source,
  )
  if (speaker === undefined) return advertised.filter(isIpv4).map((ip) => ({ ip }))
  const { host, instance } = speaker
  const own = instance.interface?.value
  // A VIP with another device is announced there, which a capture of this line does not show.
  return [...instance.vips, ...instance.excludedVips]
    .filter(({ ip, dev }) => isIpv4(ip) && (dev === undefined || dev === own))
    .map(({ ip }) => ({ ip, host, ...(own === undefined ? {} : { dev: own }) }))
}
