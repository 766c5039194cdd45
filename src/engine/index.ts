/** The engine's door: texts in, report out. No I/O. */

import { CHECKS } from '../checks/index.ts'
import { wireView } from '../kernel/wire/view.ts'
import type { Case, Role } from '../model/case.ts'
import { CATEGORIES, type Check } from '../model/check.ts'
import { EXIT, NotUnderstood, UserError } from '../model/errors.ts'
import type { Section } from '../model/evidence.ts'
import type { NotReached, Report } from '../model/report.ts'
import type { WireView } from '../model/wire.ts'
import { PARSERS } from '../parsers/registry.ts'
import { createRedactor, readTranscript, type Transcript } from '../transcript/index.ts'
import { assemble } from './assemble.ts'
import { caseView, judge } from './judge.ts'
import { makeReport } from './make-report.ts'

export interface Input {
  /** As the report names it: a path as given, `-`, or a host. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly host?: string
  readonly path?: string
}

export interface DiagnoseOptions {
  /** Check ids or categories. */
  readonly only?: readonly string[]
  /** `CHECK` or `CHECK@HOST`. */
  readonly skip?: readonly string[]
  readonly vips?: readonly string[]
  readonly roles?: Readonly<Record<string, Role>>
  readonly version: string
  /** Hosts that were asked and of which there is nothing. */
  readonly notReached?: readonly NotReached[]
  readonly onProgress?: (event: Progress) => void
  /** Sum up what each capture shows. */
  readonly packets?: boolean
}

export type Progress =
  | { readonly is: 'host'; readonly host: string }
  | { readonly is: 'check'; readonly check: string; readonly done: number; readonly total: number }

/** Judges a cluster. Throws `UserError` (exit 65) when no input holds anything to read. */
export function diagnose(inputs: readonly Input[], options: DiagnoseOptions): Report {
  const chosen = chooseChecks(options.only ?? [], options.skip ?? [])
  const kase = readCase(inputs, options)
  for (const host of kase.hosts) options.onProgress?.({ is: 'host', host: host.id })
  const view = caseView(kase)
  const verdicts = chosen.map((check, index) => {
    options.onProgress?.({ is: 'check', check: check.id, done: index + 1, total: chosen.length })
    return {
      check,
      verdicts: judge(check, view).filter((verdict) => !skipped(check.id, verdict.target, options.skip ?? [])),
    }
  })
  const report = makeReport(kase, verdicts, CHECKS, options)
  return options.packets ? { ...report, packets: packetViews(kase) } : report
}

/** Texts to facts, and nothing judged yet. Throws `UserError` (exit 65) when no input holds anything to read. */
export function readCase(inputs: readonly Input[], hints: Pick<DiagnoseOptions, 'roles' | 'vips'> = {}): Case {
  const redactor = createRedactor()
  const transcripts = inputs.map((input) =>
    readTranscript(input.bytes, {
      name: input.name,
      redactor,
      ...(input.host === undefined ? {} : { host: input.host }),
      ...(input.path === undefined ? {} : { path: input.path }),
    }),
  )
  refuseEmpty(transcripts)
  return assemble(transcripts, {
    ...(hints.roles === undefined ? {} : { roles: hints.roles }),
    ...(hints.vips === undefined ? {} : { vips: hints.vips }),
  })
}

/** What the captures among these texts show, without judging them. */
export function summarise(inputs: readonly Input[]): readonly WireView[] {
  return packetViews(readCase(inputs))
}

/** The latest capture of every host that has one. */
function packetViews({ hosts }: Case): readonly WireView[] {
  return hosts.flatMap(({ names, facts: { capture } }) =>
    capture.state === 'known' ? [wireView(names[0], capture.value)] : [],
  )
}

/** What a text is when nothing in it can be read. */
function refuseEmpty(transcripts: readonly Transcript[]): void {
  if (transcripts.some((transcript) => transcript.sections.length > 0 || transcript.commands.length > 0)) return
  const names = transcripts.map((transcript) => transcript.source.name).join(', ')
  const kinds = new Set(transcripts.map((transcript) => transcript.kind))
  const what = kinds.has('text')
    ? 'holds no command or output that lvsdoctor knows'
    : kinds.has('binary')
      ? 'is not text'
      : 'is empty'
  throw new UserError(`${names} ${what}`, EXIT.badInput, [
    'paste commands with their output, e.g. "ip addr", "ipvsadm -Ln", "iptables-save", "cat /etc/keepalived/keepalived.conf"',
    'lvsdoctor collect --script > collect.sh, then on the host: sh collect.sh > host.txt',
  ])
}

function chooseChecks(only: readonly string[], skip: readonly string[]): readonly Check[] {
  const known = new Set<string>([...CATEGORIES, ...CHECKS.map((check) => check.id)])
  for (const word of [...only, ...skip.map((entry) => entry.split('@')[0] ?? entry)]) {
    if (!known.has(word))
      throw new UserError(`no check or category is called "${word}"`, EXIT.usage, ['lvsdoctor explain --list'])
  }
  const wanted =
    only.length === 0 ? CHECKS : CHECKS.filter((check) => only.includes(check.id) || only.includes(check.category))
  return wanted.filter((check) => !skip.includes(check.id) && !skip.includes(check.category))
}

function skipped(check: string, target: string, skip: readonly string[]): boolean {
  return skip.includes(`${check}@${target}`)
}

export interface CheckLine {
  readonly id: string
  readonly title: string
  readonly category: string
  readonly severity: string
}

export function listChecks(): readonly CheckLine[] {
  return CHECKS.map(({ id, title, category, severity }) => ({ id, title, category, severity }))
}

export function explainCheck(id: string): Check | undefined {
  return CHECKS.find((check) => check.id === id)
}

/** `lvsdoctor parse`: one text through one parser. Throws `UserError` for an unknown format or a text that is not it. */
export function parseText(
  format: string,
  bytes: Uint8Array,
  at: { readonly name: string; readonly path?: string; readonly command?: string },
): { format: string; value: unknown; unread: readonly { line: number; text: string }[] } {
  const parser = PARSERS.get(format)
  if (!parser)
    throw new UserError(`unknown format "${format}"`, EXIT.usage, [`one of: ${[...PARSERS.keys()].join(', ')}`])
  const transcript = readTranscript(bytes, { name: at.name, redactor: createRedactor() })
  const lines = transcript.source.lines.at(-1) === '' ? transcript.source.lines.slice(0, -1) : transcript.source.lines
  const section: Section = {
    id: at.name,
    source: at.name,
    host: at.name,
    hostBy: 'stem',
    command: at.command ?? '',
    shape: format,
    lines,
    firstLine: 1,
    order: 0,
    whole: true,
    ...(at.path === undefined ? {} : { path: at.path }),
  }
  try {
    const reading = parser.parse(section)
    return {
      format,
      value: reading.value,
      unread: reading.unread.map(({ at: place, text }) => ({ line: place.line, text })),
    }
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error
    throw new UserError(`${at.name} is not ${format}: ${error.message}`, EXIT.badInput)
  }
}
