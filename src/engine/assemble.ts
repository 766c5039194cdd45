/** Transcripts -> Case: hosts with facts and roles, topology, state changes, and every line nobody understood. */
import type { Case, Host, StateChange } from '../model/case.ts'
import type { Section, Source, Unread } from '../model/evidence.ts'
import type { Links } from '../model/facts.ts'
import { buildTopology, type Hints } from '../topology/index.ts'
import type { Transcript } from '../transcript/index.ts'
import { hostFacts, readSection } from './facts.ts'
import { type Fingerprint, groupHosts } from './identity.ts'

export function assemble(transcripts: readonly Transcript[], hints: Hints = {}): Case {
  const sections = transcripts.flatMap((transcript) => transcript.sections)
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
    return role ? [{ id, names, facts, roles: role, sources }] : []
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

/** What tells two machines of one name apart. */
function fingerprint(sections: readonly Section[]): Fingerprint {
  const macs = new Map<string, string>()
  let machineId: string | undefined
  for (const section of sections) {
    if (section.shape !== 'ip-addr' && section.shape !== 'machine-id') continue
    const outcome = readSection(section)
    if (outcome?.is !== 'read') continue
    if (section.shape === 'machine-id') machineId = (outcome.reading.value as { machineId?: string }).machineId
    else
      for (const link of (outcome.reading.value as Links).links)
        if (link.mac && link.type === 'ether') macs.set(link.name, link.mac)
  }
  return { macs, ...(machineId === undefined ? {} : { machineId }) }
}
