/** Transcripts -> Case: hosts with facts and roles, topology, state changes, and every line nobody understood. */
import type { Case, Host, StateChange } from '../model/case.ts'
import type { Section, Source, Unread } from '../model/evidence.ts'
import type { Identity, Link, Links } from '../model/facts.ts'
import { buildTopology, type Hints } from '../topology/index.ts'
import type { Transcript } from '../transcript/index.ts'
import { shortName } from './aliases.ts'
import { hostsOfFiles } from './conf-files.ts'
import { hostFacts, readSection } from './facts.ts'
import { type Fingerprint, groupHosts, IDENTIFYING } from './identity.ts'

export function assemble(transcripts: readonly Transcript[], hints: Hints = {}): Case {
  const sections = hostsOfFiles(transcripts.flatMap((transcript) => transcript.sections))
  const commands = transcripts.flatMap((transcript) => transcript.commands)
  const groups = groupHosts(sections, commands, fingerprint)
  const unread: Unread[] = transcripts.flatMap((transcript) => transcript.unread)
  const bare = groups.map((group) => {
    const { facts, unread: missed } = hostFacts(group)
    unread.push(...missed)
    return { id: group.id, names: group.names, nameless: group.nameless, facts, group }
  })
  const changes = groups.flatMap((group) => changesOf(group.id, group.commands))
  const { topology, roles } = buildTopology(bare, hints, changes)
  const hosts = bare.flatMap(({ id, names, facts, group }): Host[] => {
    const role = roles.get(id)
    const sources = [...new Set([...group.sections.map((s) => s.source), ...group.commands.map((c) => c.source)])]
    return role ? [{ id, names, facts, roles: role, sources, ...(group.mixed ? { mixed: true } : {}) }] : []
  })
  return {
    sources: new Map(transcripts.map(({ source }): [string, Source] => [source.name, source])),
    // Loose commands and unread lines cite the text outside all sections.
    sections: new Map(
      [...transcripts.map((t) => t.outside), ...sections].map((section): [string, Section] => [section.id, section]),
    ),
    hosts,
    topology: withHintedVips(topology, hints),
    changes,
    unread,
  }
}

type Groups = ReturnType<typeof groupHosts>

function changesOf(host: string, commands: Groups[number]['commands']): readonly StateChange[] {
  return commands.flatMap(({ command, source }) =>
    command.changes === undefined || command.how !== 'prompt'
      ? []
      : [{ host, kind: command.changes, moment: { source, order: command.order }, at: command.at, text: command.text }],
  )
}

/** `--vip` narrows: services and VIPs that the operator did not ask about are left out. */
function withHintedVips(topology: Case['topology'], hints: Hints): Case['topology'] {
  const wanted = hints.vips
  if (!wanted || wanted.length === 0) return topology
  const ips = new Set(wanted.map((vip) => vip.split(':')[0]))
  return {
    ...topology,
    vips: topology.vips.filter((vip) => ips.has(vip.ip)),
    services: topology.services.filter(
      (service) =>
        wanted.includes(`${service.vip}:${service.port}`) ||
        (service.vip !== undefined && wanted.includes(service.vip)),
    ),
  }
}

/** What tells two machines of one name apart, and one machine of two names together. */
function fingerprint(sections: readonly Section[]): Fingerprint {
  const links: Link[] = []
  let who: Partial<Identity> = {}
  for (const section of sections) {
    const outcome = IDENTIFYING.has(section.shape ?? '') ? readSection(section) : undefined
    if (outcome?.is !== 'read') continue
    if (section.shape === 'ip-addr') links.push(...(outcome.reading.value as Links).links)
    else who = { ...who, ...(outcome.reading.value as Partial<Identity>) }
  }
  const cards = links.flatMap(({ name, mac, type, addresses }) => {
    const [main] = addresses.filter(({ family, prefix, secondary }) => family === 'inet' && prefix < 32 && !secondary)
    return mac && type === 'ether' ? [{ name, mac, ip: main?.ip }] : []
  })
  const own = cards.flatMap(({ name, mac, ip }) => (ip === undefined || isEverywhere(name, ip) ? [] : [{ mac, ip }]))
  const { machineId, hostname } = who
  return {
    macs: new Map(cards.map(({ name, mac }) => [name, mac])),
    faces: own.map(({ mac, ip }) => `${mac} ${ip}`),
    addresses: own.map(({ ip }) => ip),
    ...(machineId === undefined ? {} : { machineId }),
    ...(hostname === undefined ? {} : { hostname: shortName(hostname) }),
  }
}

/** Networks of its own that every guest and every container host has alike: the NAT of VirtualBox, bridges for containers. */
function isEverywhere(dev: string, ip: string): boolean {
  return /^10\.0\.\d+\.15$/.test(ip) || /^(?:docker|virbr|cni|flannel|cali|veth|br-|kube|podman|lxc)/.test(dev)
}
