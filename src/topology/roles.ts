/** Roles, three-valued: "is not a director" needs evidence as much as "is". */
import type { HostFacts, Role, Service, Tri, Vip } from '../model/case.ts'
import type { Cite, Gap, HostId, NonEmpty } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { Unit } from '../model/facts.ts'
import { isBroadcastLink, ownAddresses } from './addresses.ts'
import type { Hints, HostEvidence } from './index.ts'

type Roles = Readonly<Record<Role, Tri>>

export function rolesOf(
  hosts: readonly HostEvidence[],
  services: readonly Service[],
  vips: readonly Vip[],
  hints: Hints,
): ReadonlyMap<HostId, Roles> {
  return new Map(hosts.map((host) => [host.id, rolesOfHost(host, services, vips, hints.roles?.[host.id])]))
}

function rolesOfHost(
  host: HostEvidence,
  services: readonly Service[],
  vips: readonly Vip[],
  given: Role | undefined,
): Roles {
  const looked = anyCite(host.facts)
  if (given !== undefined) {
    const tri = (role: Role): Tri => ({ is: role === given ? 'yes' : 'no', looked })
    return { director: tri('director'), 'real-server': tri('real-server'), client: tri('client') }
  }
  const serving = servedBy(host, services)
  const directing = directorSigns(host, serving)
  const client = clientSigns(host.facts, vips)
  return {
    director: directorRole(host, directing, serving, client, services),
    'real-server': realServerRole(host, serving, services),
    client: clientRole(client, directing, serving),
  }
}

/** Lines that say so: a table with services, a configuration, the daemon itself, or commands that handle it. */
function directorSigns({ facts, nameless }: HostEvidence, serving: readonly Cite[]): readonly Cite[] {
  const signs: Cite[] = []
  if (facts.ipvs.state === 'known') signs.push(...facts.ipvs.value.services.map((service) => service.at))
  if (facts.keepalived.state === 'known') {
    const { instances, virtualServers } = facts.keepalived.value
    signs.push(...instances.map((instance) => instance.at), ...virtualServers.map((virtual) => virtual.at))
    if (signs.length === 0) signs.push(facts.keepalived.from[0])
  }
  if (facts.log.state === 'known' && facts.log.value.entries[0]) signs.push(facts.log.value.entries[0].at)
  if (facts.processes.state === 'known') {
    signs.push(...facts.processes.value.processes.filter((p) => DIRECTING.test(p.command)).map((p) => p.at))
  }
  if (facts.units.state === 'known') {
    const isUnused = serving.length > 0 && signs.length === 0 && facts.processes.state === 'known'
    signs.push(
      ...facts.units.value.units
        .filter((u) => u.name === 'keepalived' && isThere(u) && !(serving.length > 0 && isIdle(u, isUnused)))
        .map((u) => u.at),
    )
  }
  if (signs.length === 0 && nameless !== true && facts.commands.state === 'known') {
    signs.push(
      ...facts.commands.value.commands
        // To look at a service on a real server is not to use it there.
        .filter((c) => c.how !== 'script' && HANDLES.test(c.text) && (serving.length === 0 || c.changes !== undefined))
        .map((c) => c.at),
    )
  }
  return signs
}

/** `status` and `is-enabled` each have their word for a unit that does not exist. */
function isThere({ loaded, enabled }: Unit): boolean {
  return loaded !== 'not-found' && enabled !== 'not-found'
}

/**
 * Installed, and neither running nor meant to: on a real server a package that nobody uses. Debian enables a unit when it
 * installs it, so without a daemon, a configuration and a table that word says nothing.
 */
function isIdle({ enabled, active = 'inactive' }: Unit, isUnused: boolean): boolean {
  return (enabled === 'disabled' || isUnused) && active === 'inactive'
}

const DIRECTING = /\b(?:keepalived|ldirectord)\b/
const HANDLES =
  /\/etc\/keepalived|keepalived\.conf|(?:service|systemctl|chkconfig)\s.*\bkeepalived\b|-p\s+(?:vrrp|112)\b|ipvsadm\s+-[AaEe]/

function servedBy(host: HostEvidence, services: readonly Service[]): readonly Cite[] {
  return services.flatMap((service) =>
    service.servers.filter((server) => server.host === host.id).map((server) => server.said[0].at),
  )
}

function directorRole(
  host: HostEvidence,
  signs: readonly Cite[],
  serving: readonly Cite[],
  client: readonly Cite[],
  services: readonly Service[],
): Tri {
  if (isNonEmpty(signs)) return { is: 'yes', looked: signs }
  const { processes, ipvs } = host.facts
  // No daemon among all processes: not a keepalived director; a hand-made IPVS table would have to be seen.
  if (processes.state === 'known' && processes.whole && (ipvs.state !== 'known' || ipvs.value.services.length === 0)) {
    return { is: 'no', looked: processes.from }
  }
  const elsewhere = services.some((service) => service.directors.length > 0)
  if (elsewhere && isNonEmpty(serving)) return { is: 'no', looked: serving }
  if (elsewhere && isNonEmpty(client)) return { is: 'no', looked: client }
  return unknown(['ipvsadm -Ln', 'cat /etc/keepalived/keepalived.conf'], host.id)
}

function realServerRole(host: HostEvidence, serving: readonly Cite[], services: readonly Service[]): Tri {
  if (isNonEmpty(serving)) return { is: 'yes', looked: serving }
  const pool = services.flatMap((service) => service.servers.map((server) => server.said[0].at))
  if (!isNonEmpty(pool)) return unknown(['ipvsadm -Ln'], undefined)
  const { links } = host.facts
  if (links.state !== 'known' || ownAddresses(host.facts).length === 0) return unknown(['ip addr'], host.id)
  // `ip addr show lo`: nothing is known of the addresses that a pool would name.
  const shown = links.value.links.some((link) => isBroadcastLink(link) && link.addresses.length > 0)
  if (!links.whole && !shown) return unknown(['ip addr'], host.id)
  return { is: 'no', looked: pool }
}

/** Somebody asked for a VIP from here, and it is not a machine of the cluster. */
function clientSigns(facts: HostFacts, vips: readonly Vip[]): readonly Cite[] {
  if (facts.commands.state !== 'known') return []
  const asks = /^(?:sudo\s+)?(?:curl|wget|telnet|nc|ab|wrk)\b/
  return facts.commands.value.commands
    .filter((c) => c.how === 'prompt' && asks.test(c.text) && vips.some((vip) => c.text.includes(vip.ip)))
    .map((c) => c.at)
}

function clientRole(client: readonly Cite[], directing: readonly Cite[], serving: readonly Cite[]): Tri {
  if (isNonEmpty(directing)) return { is: 'no', looked: directing }
  if (isNonEmpty(serving)) return { is: 'no', looked: serving }
  if (isNonEmpty(client)) return { is: 'yes', looked: client }
  return unknown(['lvsdoctor check --role HOST=client'], undefined)
}

function unknown(ask: readonly string[], host: HostId | undefined): Tri {
  const gap: Gap = { code: 'not-collected', ask, ...(host === undefined ? {} : { host }) }
  return { is: 'unknown', gaps: [gap] }
}

function anyCite(facts: HostFacts): NonEmpty<Cite> {
  for (const fact of Object.values(facts)) if (fact.state === 'known') return fact.from
  return [{ section: '', line: 0 }]
}
