/** Cites -> the lines they name, as they stand in their sources. */
import type { Case, Host } from '../model/case.ts'
import type { Cite, Section } from '../model/evidence.ts'
import type { Evidence } from '../model/report.ts'

const MAX_LINES_PER_CITE = 6
/** Of one finding. The printers show fewer; a configuration with more wrong lines of one kind has told its story. */
const MAX_EVIDENCE = 500

/** Every cited line once, the most telling first. */
export function citedLines(kase: Case, cites: readonly Cite[]): readonly Evidence[] {
  const found = new Map<string, Evidence>()
  let first = true
  for (const cite of cites) {
    const lines = evidenceOf(kase, cite, first)
    if (lines.some(({ column }) => column !== undefined)) first = false
    for (const one of lines) {
      const place = `${one.line}\n${one.source}`
      if (!found.has(place)) found.set(place, one)
      if (found.size === MAX_EVIDENCE) return [...found.values()]
    }
  }
  return [...found.values()]
}

export function sourceOf(kase: Case, at: Cite): string {
  return kase.sections.get(at.section)?.source ?? at.section.split('#')[0] ?? at.section
}

function evidenceOf(kase: Case, cite: Cite, first: boolean): readonly Evidence[] {
  const section = kase.sections.get(cite.section)
  const source = sourceOf(kase, cite)
  const lines = kase.sources.get(source)?.lines
  if (!lines) return []
  const host = section ? (kase.hosts.find((h) => ownsSection(h, kase, cite.section))?.id ?? section.host) : null
  const last = Math.min(cite.last ?? cite.line, cite.line + MAX_LINES_PER_CITE - 1)
  const found: Evidence[] = []
  for (let line = cite.line; line <= last; line++) {
    const text = (lines[line - 1] ?? '').trimEnd()
    // A range can hold blank lines: they prove nothing.
    if (text === '') continue
    const column = line === cite.line ? columnOf(cite, section, text, first) : undefined
    const place = column === undefined ? { line } : { line, column }
    found.push({ source, host, command: section?.command ?? '', ...place, text })
  }
  return found
}

/**
 * Where in the line of the source: a section of a note may be indented there. Where a finding points into a configuration
 * for the first time and names no word, it is the first one of the line.
 */
function columnOf(cite: Cite, section: Section | undefined, text: string, first: boolean): number | undefined {
  if (section?.shape !== 'keepalived-conf' || section.commandLine === cite.line) return undefined
  if (cite.column === undefined) return first ? text.length - text.trimStart().length + 1 : undefined
  const own = (section.lines[cite.line - section.firstLine] ?? '').trimEnd()
  return cite.column + Math.max(0, text.indexOf(own))
}

function ownsSection(host: Host, kase: Case, id: string): boolean {
  const section = kase.sections.get(id)
  return (
    section !== undefined &&
    host.sources.includes(section.source) &&
    (host.names as readonly string[]).includes(section.host)
  )
}
