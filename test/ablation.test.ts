/** For every case and every section: without it, no verdict may turn into a pass that was none. */
import { describe, expect, it } from 'vitest'
import { CHECKS } from '../src/checks/index.ts'
import { assemble } from '../src/engine/assemble.ts'
import { caseView, judge } from '../src/engine/judge.ts'
import type { Case } from '../src/model/case.ts'
import { createRedactor, readTranscript, type Transcript } from '../src/transcript/index.ts'
import { caseNames, inputsOf } from './cases.ts'

type Statuses = ReadonlyMap<string, string>

function statuses(kase: Case): Statuses {
  const view = caseView(kase)
  return new Map(
    CHECKS.flatMap((check) =>
      judge(check, view).map((verdict): [string, string] => [
        `${check.id}@${verdict.target}`,
        verdict.status === 'ruled'
          ? verdict.ruling.is
          : verdict.status === 'crashed'
            ? `crashed ${verdict.error}`
            : verdict.status,
      ]),
    ),
  )
}

function withoutSection(transcripts: readonly Transcript[], id: string): readonly Transcript[] {
  return transcripts.map((transcript) => ({
    ...transcript,
    sections: transcript.sections.filter((section) => section.id !== id),
  }))
}

describe.each(caseNames())('ablation of %s', (name) => {
  it('no section, taken away, makes a pass', { timeout: 120_000 }, () => {
    const redactor = createRedactor()
    const transcripts = inputsOf(name).map((input) => readTranscript(input.bytes, { name: input.name, redactor }))
    const full = statuses(assemble(transcripts))
    const wrong: string[] = []
    const sections = transcripts
      .flatMap((transcript) => transcript.sections)
      .filter((section) => section.shape !== undefined)
    for (const section of sections) {
      for (const [target, status] of statuses(assemble(withoutSection(transcripts, section.id)))) {
        const before = full.get(target)
        if (status.startsWith('crashed'))
          wrong.push(`${target}: ${status} without ${section.source} ${section.command}`)
        // Taking away a look can bring an earlier one back; that is a different case, not a hole.
        if (status === 'pass' && before !== 'pass' && before !== undefined && !repeats(transcripts, section)) {
          wrong.push(`${target}: ${before} became pass without ${section.source} "${section.command}"`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})

function repeats(transcripts: readonly Transcript[], section: Transcript['sections'][number]): boolean {
  return transcripts.some((t) =>
    t.sections.some((other) => other !== section && other.host === section.host && other.shape === section.shape),
  )
}
