/** Routes that take a single machine for a neighbour on an interface whose networks it is not in. */
import { inCidr, prefixLength } from '../lib/ip.ts'
import type { Case, Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { Route } from '../model/facts.ts'
import { inetAddresses } from './route-source.ts'
import { hopsOf, unicastRoutes } from './way-back.ts'

export interface Stray {
  readonly to: string
  readonly dev: string
  readonly nets: readonly string[]
  readonly at: Cite
  /** Clients are known, and this is none of them. */
  readonly stranger: boolean
  /** Lines of the interface's own networks. */
  readonly near: readonly Cite[]
}

export interface OnLink {
  readonly strays: readonly Stray[]
  readonly fine: readonly Cite[]
  /** A route that cannot be judged: the networks of its interface, or who asks, was not seen. */
  readonly open?: { readonly why: 'networks' | 'clients'; readonly to: string; readonly dev: string; readonly at: Cite }
}

/**
 * Routes to one address, or to a network with a known client in it, `dev X scope link` without gateway. Left out: the gateway of another
 * route (clouds give hosts a /32), link-local addresses, machines of the cluster, interfaces without a network of their own
 * (tunnels, containers), and what the kernel made.
 */
export function onLinkStrays(host: Host, kase: Case): OnLink {
  const { routes } = host.facts
  const lines = routes.state === 'known' ? unicastRoutes(routes.value) : []
  const gateways = new Set(lines.flatMap((line) => hopsOf(line).flatMap(({ via }) => via ?? [])))
  const cluster = new Set(clusterAddresses(kase))
  const strays: Stray[] = []
  const fine: Cite[] = []
  let open: OnLink['open']
  for (const line of lines) {
    const { to, dev, via, at, proto, nexthops } = line
    const ip = to.split('/')[0] ?? to
    if (via !== undefined || nexthops.length > 0 || dev === undefined || to === '0.0.0.0/0') {
      fine.push(at)
      continue
    }
    if (proto === 'kernel' || gateways.has(ip) || inCidr(ip, '169.254.0.0/16')) continue
    const { clients } = kase.topology
    const single = prefixLength(to) === 32
    const stranger = clients.length > 0 && !clients.some((one) => inCidr(one.ip, to))
    if (single ? cluster.has(ip) : stranger) continue
    const nets = networksOf(host, dev, lines)
    if (nets === 'none') continue
    if (nets === 'unknown') open ??= { why: 'networks', to, dev, at }
    else if (nets.some(({ net }) => inCidr(ip, net))) fine.push(at)
    else if (!single && clients.length === 0) open ??= { why: 'clients', to, dev, at }
    else strays.push({ to, dev, at, stranger, nets: nets.map(({ net }) => net), near: nets.map((one) => one.at) })
  }
  return { strays, fine, ...(open === undefined ? {} : { open }) }
}

/** From `ip addr`; without it from the connected routes the kernel makes for them. */
function networksOf(
  { facts }: Host,
  dev: string,
  lines: readonly Route[],
): readonly { readonly net: string; readonly at: Cite }[] | 'none' | 'unknown' {
  const link = facts.links.state === 'known' ? facts.links.value.links.find(({ name }) => name === dev) : undefined
  if (link) {
    if (link.flags.includes('NOARP') || link.flags.includes('LOOPBACK') || link.flags.includes('POINTOPOINT'))
      return 'none'
    const own = inetAddresses(link).filter(({ prefix }) => prefix < 32)
    return own.length > 0 ? own.map(({ ip, prefix, at }) => ({ net: `${ip}/${prefix}`, at })) : 'none'
  }
  const connected = lines.filter((line) => line.dev === dev && line.proto === 'kernel' && prefixLength(line.to) !== 32)
  return connected.length > 0 ? connected.map(({ to, at }) => ({ net: to, at })) : 'unknown'
}

function clusterAddresses({ hosts, topology }: Case): readonly string[] {
  const members = hosts.filter(({ roles }) => roles.director.is === 'yes' || roles['real-server'].is === 'yes')
  return [
    ...topology.vips.map(({ ip }) => ip),
    ...topology.services.flatMap(({ servers }) => servers.map(({ ip }) => ip)),
    ...members.flatMap(({ facts }) =>
      facts.links.state === 'known'
        ? facts.links.value.links.flatMap((link) => link.addresses.map(({ ip }) => ip))
        : [],
    ),
  ]
}
