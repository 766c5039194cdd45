/** A host's own addresses, for rules that ask whether a packet is for it. */
import type { Host } from '../model/case.ts'
import { inetAddresses } from './route-source.ts'

/** Every IPv4 address with its prefix, to be spread into a packet; empty: not all are known. */
export function localOf({ facts: { links } }: Pick<Host, 'facts'>): { readonly local?: readonly string[] } {
  if (links.state !== 'known' || !links.whole) return {}
  return { local: links.value.links.flatMap((link) => inetAddresses(link).map(({ ip, prefix }) => `${ip}/${prefix}`)) }
}
