/** The interface and the own address a host uses towards another machine. */
import { inCidr } from '../lib/ip.ts'
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { route } from './route.ts'
import { inetAddresses } from './route-source.ts'

export interface Towards {
  readonly dev: string
  readonly src?: string
  /** Line of the route, or of the address whose network it is. */
  readonly at: Cite
}

/** Stands for every machine that no specific route is meant for: the default route leads there. */
export const ANY_CLIENT = '198.51.100.1'

/**
 * By the routes where all of them were listed, else by the network of an interface's own address.
 * undefined: not known, no single way, or `ip` is an address of the host itself. IPv4 only.
 */
export function towards(facts: HostFacts, ip: string): Towards | undefined {
  const { routes, policyRules, links } = facts
  const known = links.state === 'known' ? links.value : undefined
  if (known?.links.some((link) => link.addresses.some((own) => own.ip === ip))) return undefined
  if (routes.state === 'known' && routes.whole) {
    const rules = policyRules.state === 'known' && policyRules.whole ? policyRules.value : undefined
    const { is, dev, src, at } = route(routes.value, rules, { dst: ip }, known)
    if (is !== 'unknown')
      return is === 'unicast' && dev !== undefined && at
        ? { dev, at, ...(src === undefined ? {} : { src }) }
        : undefined
  }
  const near = (known?.links ?? []).flatMap((link) =>
    inetAddresses(link)
      .filter((own) => own.prefix < 32 && inCidr(ip, `${own.ip}/${own.prefix}`))
      .map((own) => ({ dev: link.name, src: own.ip, at: own.at, prefix: own.prefix, second: Number(own.secondary) })),
  )
  const [best] = near.sort((a, b) => b.prefix - a.prefix || a.second - b.second)
  return best && { dev: best.dev, src: best.src, at: best.at }
}

/** Things with an address by the interface that leads to them; '' where it is not known. */
export function byInterface<T>(
  facts: HostFacts,
  list: readonly T[],
  ipOf: (entry: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const entry of list) {
    const dev = towards(facts, ipOf(entry))?.dev ?? ''
    const group = groups.get(dev)
    if (group) group.push(entry)
    else groups.set(dev, [entry])
  }
  return groups
}
