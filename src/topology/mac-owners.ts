/** Which host a MAC belongs to, from the interfaces that the hosts list. */
import type { Host } from '../model/case.ts'

/** Hosts by MAC, in lower case. A MAC that two hosts list (a virtual one, a copied machine) belongs to neither. */
export function macOwners(hosts: readonly Host[]): ReadonlyMap<string, Host> {
  const owners = new Map<string, Host>()
  const shared = new Set<string>()
  for (const host of hosts) {
    const { links } = host.facts
    for (const { mac } of links.state === 'known' ? links.value.links : []) {
      const known = mac === undefined ? undefined : owners.get(mac.toLowerCase())
      if (mac === undefined) continue
      if (known !== undefined && known !== host) shared.add(mac.toLowerCase())
      owners.set(mac.toLowerCase(), host)
    }
  }
  for (const mac of shared) owners.delete(mac)
  return owners
}
