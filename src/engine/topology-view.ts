/** The cluster as nodes and links for a picture; what a finding is about is marked as broken. */
import type { Case, Host, Role } from '../model/case.ts'
import type { Finding, ReportTopology, TopologyLink, TopologyNode } from '../model/report.ts'
import { ownAddresses } from '../topology/addresses.ts'

export function drawTopology(kase: Case, findings: readonly Finding[]): ReportTopology {
  const nodes = kase.hosts.map((host) => nodeOf(kase, host, findings))
  return { nodes, links: linksOf(kase, findings) }
}

function nodeOf(kase: Case, host: Host, findings: readonly Finding[]): TopologyNode {
  const role = roleOf(host)
  return {
    host: host.id,
    role,
    address: addressOf(kase, host),
    marks: [...instanceMarks(kase, host, findings), ...vipMarks(kase, host, findings), ...weightMarks(kase, host)],
  }
}

function roleOf(host: Host): Role | 'unknown' {
  return (['director', 'real-server', 'client'] as const).find((role) => host.roles[role].is === 'yes') ?? 'unknown'
}

/** The address the cluster knows it by: its RIP, else its first own address that is no VIP. */
function addressOf(kase: Case, host: Host): string | null {
  const pool = kase.topology.services.flatMap((service) => service.servers)
  const listed = pool.find((server) => server.host === host.id)
  if (listed) return listed.ip
  const vips = new Set(kase.topology.vips.map((vip) => vip.ip))
  const own = ownAddresses(host.facts).filter((address) => !vips.has(address.ip))
  const facing = own.find((address) => address.dev === instanceDevice(host))
  return facing?.ip ?? own[0]?.ip ?? null
}

function instanceDevice(host: Host): string | undefined {
  const conf = host.facts.keepalived
  return conf.state === 'known' ? conf.value.instances[0]?.interface?.value : undefined
}

type Mark = TopologyNode['marks'][number]

/** State and priority of each instance; a second MASTER of one VIP is marked with the finding it belongs to. */
function instanceMarks(kase: Case, host: Host, findings: readonly Finding[]): readonly Mark[] {
  const conf = host.facts.keepalived
  if (conf.state !== 'known') return []
  return conf.value.instances.slice(0, 2).map((instance) => {
    const state = stateOf(host, instance.name) ?? 'VRRP'
    const vips = instance.vips.map((vip) => vip.ip)
    const rival = kase.topology.vips.some((vip) => vips.includes(vip.ip) && vip.holders.some((h) => h.host !== host.id))
    const blame = rival && state === 'MASTER' ? rootAbout(findings, host.id, VRRP_FAULT) : undefined
    return { text: `${state} ${instance.priority?.value ?? '?'}`, bad: blame !== undefined, finding: blame?.id ?? null }
  })
}

const VRRP_FAULT = /^(?:vrrp-|auth-|vrid-|advert-|vip-list|unicast|dual-vip|cap-two-masters|stale-vip)/
const VIP_FAULT = /^(?:rs-|tun|arp-|dual-vip|vip-|vrrp-blocked)/

/** The first serious finding about a host whose check fits: the picture points at causes, not at everything. */
function rootAbout(findings: readonly Finding[], host: string, check: RegExp): Finding | undefined {
  return findings.find((f) => f.severity !== 'note' && check.test(f.check) && f.hosts.includes(host))
}

/** What the daemon last said it was. */
export function stateOf(host: Host, instance: string): string | undefined {
  const log = host.facts.log
  if (log.state !== 'known') return undefined
  for (let n = log.value.entries.length - 1; n >= 0; n--) {
    const event = log.value.entries[n]?.event
    if (event?.kind === 'state' && event.instance === instance) return event.state
  }
  return undefined
}

function vipMarks(kase: Case, host: Host, findings: readonly Finding[]): readonly Mark[] {
  const links = host.facts.links
  if (links.state !== 'known') return []
  return kase.topology.vips.flatMap((vip) =>
    links.value.links
      .filter((link) => link.addresses.some((address) => address.ip === vip.ip))
      .map((link): Mark => {
        const shared = vip.holders.length > 1 && vip.holders.some((holder) => holder.host === host.id)
        const wrong = host.roles['real-server'].is === 'yes' || shared
        const blame = wrong ? rootAbout(findings, host.id, VIP_FAULT) : undefined
        return { text: `VIP ${link.name}`, bad: blame !== undefined, finding: blame?.id ?? null }
      }),
  )
}

function weightMarks(kase: Case, host: Host): readonly Mark[] {
  const server = kase.topology.services
    .flatMap((service) => service.servers)
    .find((s) => s.host === host.id && s.weight !== undefined)
  return server ? [{ text: `w=${server.weight}`, bad: false, finding: null }] : []
}

function linksOf(kase: Case, findings: readonly Finding[]): readonly TopologyLink[] {
  const links: TopologyLink[] = []
  const directors = kase.hosts.filter((host) => host.roles.director.is === 'yes')
  for (const [index, from] of directors.entries()) {
    for (const to of directors.slice(index + 1)) {
      const bad = findings.find(
        (f) =>
          f.severity === 'critical' && f.check.startsWith('vrrp-') && f.hosts.some((h) => h === from.id || h === to.id),
      )
      links.push({ from: from.id, to: to.id, label: 'VRRP', broken: bad !== undefined, finding: bad?.id ?? null })
    }
  }
  for (const service of kase.topology.services) {
    for (const server of service.servers) {
      if (server.host === undefined) continue
      for (const director of service.directors) {
        const bad = findings.find(
          (f) => f.severity === 'critical' && f.explainedBy === null && f.hosts.includes(server.host ?? ''),
        )
        links.push({
          from: director,
          to: server.host,
          label: server.mode,
          broken: bad !== undefined,
          finding: bad?.id ?? null,
        })
      }
    }
  }
  return links
}
