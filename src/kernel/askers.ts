/** The addresses clients really ask from: which of those the topology lists an answer has to reach. */
import { cidrOf } from '../lib/ip.ts'
import type { ClientAddress, Host, Topology } from '../model/case.ts'
import { ANYWHERE, wayBack } from './way-back.ts'

/** More is not asked than shows every way an answer can take: one address of each /24 once there are many. */
const ENOUGH = 64

/**
 * IPv4 client addresses for whose sake routes are looked up. Addresses seen asking (packets, connection tables) come before those
 * a client host merely has; of these only the one it would write as source to the VIP counts, not its docker0 or its other lines.
 */
export function askers(topology: Topology, hosts: readonly Host[], vip: string): readonly ClientAddress[] {
  const clients = topology.clients.filter(({ ip }) => !ip.includes(':') && ip !== ANYWHERE)
  const listings = new Set(hosts.flatMap(listingsOf))
  const seen = clients.filter(({ from }) => from.some(({ section }) => !listings.has(section)))
  return atMost(seen.length > 0 ? seen : clients.filter(({ ip }) => isSource(ip, hosts, vip)))
}

/** Sections that list a host's own addresses. */
function listingsOf({ facts }: Host): readonly string[] {
  return [facts.links, facts.routes].flatMap((fact) =>
    fact.state === 'known' ? fact.from.map(({ section }) => section) : [],
  )
}

function isSource(ip: string, hosts: readonly Host[], vip: string): boolean {
  return hosts.some((host) => {
    const { links } = host.facts
    if (host.roles.client.is !== 'yes' || links.state !== 'known') return false
    const own = links.value.links.flatMap(({ addresses }) => addresses.map((address) => address.ip))
    if (!own.includes(ip)) return false
    const way = wayBack(host.facts, { dst: vip })
    if (way.is === 'known' && way.routed.src !== undefined) return way.routed.src === ip
    return own.filter((other) => !other.includes(':') && !other.startsWith('127.')).length === 1
  })
}

function atMost(clients: readonly ClientAddress[]): readonly ClientAddress[] {
  if (clients.length <= ENOUGH) return clients
  const byNet = new Map(clients.map((client) => [cidrOf(client.ip, 24), client]))
  return [...byNet.values()].slice(0, ENOUGH)
}
