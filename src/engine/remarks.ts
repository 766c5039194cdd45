/** What a host plainly lacks, in a few words: the first thing to say where little could be checked. */
import type { Case, Host } from '../model/case.ts'

const SKIPPED_NOT_LOADED = 125

export function remarksOn(kase: Case, host: Host): readonly string[] {
  const sections = [...kase.sections.values()].filter(
    (section) => host.sources.includes(section.source) && (host.names as readonly string[]).includes(section.host),
  )
  const { processes, keepalived } = host.facts
  const remarks: string[] = []
  if (host.mixed) remarks.push('outputs of several machines under one name: give each machine a file of its own')
  if (sections.some((section) => section.shape === 'ipvsadm' && section.exit === SKIPPED_NOT_LOADED))
    remarks.push('ip_vs is not loaded')
  const wholeList = processes.state === 'known' && processes.whole
  if (wholeList && !processes.value.processes.some((running) => /(?:^|\/)keepalived\b/.test(running.command))) {
    remarks.push('no keepalived process')
  }
  if (keepalived.state === 'missing' && keepalived.gaps.some((gap) => gap.code === 'failed'))
    remarks.push('no readable keepalived.conf')
  const absent = sections
    .filter((section) => section.exit === 127)
    .map((section) => toolOf(section.command || section.probe || ''))
  if (absent.length > 0) remarks.push(`not installed: ${[...new Set(absent)].join(', ')}`)
  const denied = Object.values(host.facts).some(
    (fact) => fact.state === 'missing' && fact.gaps.some((gap) => gap.code === 'denied'),
  )
  if (denied) remarks.push('some of it needs root')
  return remarks
}

function toolOf(command: string): string {
  return (
    command
      .trim()
      .replace(/^sudo\s+/, '')
      .split(/\s+/)[0]
      ?.split('/')
      .at(-1) ?? command
  )
}
