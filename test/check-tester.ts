/**
 * The rule tester: text in, ruling out, through the real reader, parsers and engine. It is strict about the test itself,
 * and makes the not-checked cases on its own by taking evidence away.
 */
import { describe, expect, it } from 'vitest'
import { CHECKS } from '../src/checks/index.ts'
import { assemble } from '../src/engine/assemble.ts'
import { caseView, judge, type Verdict } from '../src/engine/judge.ts'
import type { Case, Role } from '../src/model/case.ts'
import type { Check, CheckId, Claim } from '../src/model/check.ts'
import type { Cite } from '../src/model/evidence.ts'
import { createRedactor, readTranscript, type Transcript } from '../src/transcript/index.ts'

/** A host's pasted session: command -> output, in order. A whole text is taken as it is. */
export type SessionOf = Readonly<Record<string, string>> | string
export type HostTexts = Readonly<Record<string, SessionOf>>

export interface CaseSpec {
  readonly name: string
  readonly hosts: HostTexts
  readonly roles?: Readonly<Record<string, Role>>
  /** Target of the verdict: host id or `case`. Default: the first host, or `case` for a case check. */
  readonly on?: string
}

export interface FailSpec extends CaseSpec {
  readonly claims: readonly {
    readonly message: string
    /** Subset of the claim's data. */
    readonly data: Readonly<Record<string, unknown>>
    /** Text of cited lines, trimmed; each must be cited, in this order of importance. */
    readonly lines: readonly [string, ...string[]]
    readonly hosts?: readonly string[]
    readonly severity?: string
    readonly proof?: 'direct' | 'inferred'
  }[]
}

export interface ReasonSpec extends CaseSpec {
  readonly reason: string
}

export interface CheckTest {
  readonly fail: readonly [FailSpec, ...FailSpec[]]
  readonly pass: readonly [CaseSpec, ...CaseSpec[]]
  readonly notApplicable?: readonly ReasonSpec[]
  readonly undecided?: readonly ReasonSpec[]
  /** Cases where the engine must not even run it: wrong role, wrong mode. */
  readonly notMeant?: readonly CaseSpec[]
  /** Cases where evidence is missing that the tester cannot make by removal. */
  readonly notChecked?: readonly CaseSpec[]
}

export function session(host: string, outputs: SessionOf): string {
  if (typeof outputs === 'string') return outputs
  const parts = Object.entries(outputs).map(([command, output]) => {
    // A name such as `arp -n #2` runs the same command again.
    const typed = command.replace(/ #\d+$/, '')
    return `[root@${host} ~]# ${typed}\n${output.replace(/^\n/, '').replace(/\n+$/, '')}\n`
  })
  return `${parts.join('')}[root@${host} ~]# \n`
}

/** Texts are read once: an ablation changes one host, and the others' sections stay parsed. */
const read = new Map<string, Transcript>()

function transcriptOf(host: string, text: string): Transcript {
  const key = `${host}\0${text}`
  let transcript = read.get(key)
  if (!transcript) {
    transcript = readTranscript(new TextEncoder().encode(text), { name: `${host}.txt`, redactor: createRedactor() })
    read.set(key, transcript)
  }
  return transcript
}

export function readCase(spec: Pick<CaseSpec, 'hosts' | 'roles'>): Case {
  const transcripts = Object.entries(spec.hosts).map(([host, outputs]) => transcriptOf(host, session(host, outputs)))
  return assemble(transcripts, spec.roles === undefined ? {} : { roles: spec.roles })
}

export function checkById(id: CheckId): Check {
  const check = CHECKS.find((candidate) => candidate.id === id)
  if (!check) throw new Error(`no check "${id}" in the registry`)
  return check
}

function verdictOf(check: Check, spec: CaseSpec): { verdict: Verdict; kase: Case } {
  const kase = readCase(spec)
  const target = spec.on ?? (check.scope === 'case' ? 'case' : (Object.keys(spec.hosts)[0] ?? ''))
  const verdict = judge(check, caseView(kase)).find((candidate) => candidate.target === target)
  if (!verdict) throw new Error(`no verdict on "${target}"; hosts: ${kase.hosts.map((host) => host.id).join(', ')}`)
  return { verdict, kase }
}

/** One word for a verdict. */
function statusOf(verdict: Verdict): string {
  return verdict.status === 'ruled' ? verdict.ruling.is : verdict.status
}

/** The status, with what a reader needs when it is not the expected one. */
function told(verdict: Verdict): string {
  if (verdict.status === 'crashed') return `crashed: ${verdict.error}`
  if (verdict.status === 'not-checked') return `not-checked: ${verdict.because}`
  if (verdict.status === 'not-meant') return `not-meant: ${verdict.because}`
  const { ruling } = verdict
  if (ruling.is === 'fail') return `fail: ${ruling.claims.map((c) => c.message).join(', ')}`
  if (ruling.is === 'pass') return 'pass'
  return `${ruling.is}: ${ruling.because.reason}`
}

function textOf(kase: Case, cite: Cite): readonly string[] {
  const section = kase.sections.get(cite.section)
  const lines = section && kase.sources.get(section.source)?.lines
  if (!lines) throw new Error(`cite of an unknown section: ${cite.section}`)
  const texts = lines.slice(cite.line - 1, cite.last ?? cite.line).map((line) => line.trim())
  if (texts.length === 0) throw new Error(`cite outside its source: ${cite.section} line ${cite.line}`)
  return texts
}

export function testCheck(id: CheckId, test: CheckTest): void {
  const check = checkById(id)
  const groups: [string, readonly CaseSpec[]][] = [
    ['fail', test.fail],
    ['pass', test.pass],
    ['not-applicable', test.notApplicable ?? []],
    ['undecided', test.undecided ?? []],
    ['not-meant', test.notMeant ?? []],
    ['not-checked', test.notChecked ?? []],
  ]
  describe(id, () => {
    for (const [status, specs] of groups) {
      for (const spec of specs) {
        it(`${status}: ${spec.name}`, () => {
          const { verdict, kase } = verdictOf(check, spec)
          if (statusOf(verdict) !== status) expect(told(verdict)).toBe(status)
          if (status === 'fail') assertClaims(check, kase, verdict, spec as FailSpec)
          if (status === 'not-applicable' || status === 'undecided') assertReason(verdict, spec as ReasonSpec)
        })
      }
    }

    it('the test reaches every message and reason, and has no case twice', () => {
      const messages = new Set(test.fail.flatMap((spec) => spec.claims.map((claim) => claim.message)))
      expect([...messages].sort()).toEqual(Object.keys(check.messages).sort())
      const reasons = new Set([...(test.notApplicable ?? []), ...(test.undecided ?? [])].map((spec) => spec.reason))
      expect([...reasons].sort()).toEqual(Object.keys(check.reasons).sort())
      const inputs = groups.flatMap(([, specs]) =>
        specs.map(({ hosts, roles, on }) => JSON.stringify({ hosts, roles, on })),
      )
      expect(new Set(inputs).size).toBe(inputs.length)
    })

    it('evidence taken away, or cut in half, never makes a pass or a crash', () => {
      for (const [status, specs] of groups) {
        for (const spec of specs)
          for (const [what, less] of ablations(spec)) {
            const after = tryVerdict(check, less)
            if (after === undefined) continue
            if (after.status === 'crashed') expect(`${spec.name}, ${what}: ${told(after)}`).toBe('no crash')
            if (status !== 'pass' && statusOf(after) === 'pass')
              expect(`${spec.name}, ${what}: ${status} became pass`).toBe('no pass')
          }
      }
    })
  })
}

/** undefined when nothing of the target is left. */
function tryVerdict(check: Check, spec: CaseSpec): Verdict | undefined {
  const kase = readCase(spec)
  const target = spec.on ?? (check.scope === 'case' ? 'case' : (Object.keys(spec.hosts)[0] ?? ''))
  return judge(check, caseView(kase)).find((verdict) => verdict.target === target)
}

/** Every case with one section removed, and with one section cut in half (and no prompt after it). */
function* ablations<S extends CaseSpec>(spec: S): Generator<[string, S]> {
  for (const [host, outputs] of Object.entries(spec.hosts)) {
    if (typeof outputs === 'string') continue
    for (const command of Object.keys(outputs)) {
      const { [command]: gone, ...rest } = outputs
      yield [`without "${command}" of ${host}`, { ...spec, hosts: { ...spec.hosts, [host]: rest } }]
      const lines = (gone ?? '').replace(/^\n/, '').split('\n')
      if (lines.length < 3) continue
      const half = lines.slice(0, Math.ceil(lines.length / 2)).join('\n')
      const cut = `${session(host, rest)}[root@${host} ~]# ${command.replace(/ #\d+$/, '')}\n${half}\n`
      yield [`"${command}" of ${host} cut in half`, { ...spec, hosts: { ...spec.hosts, [host]: cut } }]
    }
  }
}

function assertClaims(check: Check, kase: Case, verdict: Verdict, spec: FailSpec): void {
  if (verdict.status !== 'ruled' || verdict.ruling.is !== 'fail') return
  const { claims } = verdict.ruling
  expect(claims.map((claim) => claim.message)).toEqual(spec.claims.map((claim) => claim.message))
  for (const [index, wanted] of spec.claims.entries()) {
    const claim = claims[index] as Claim
    expect(claim.data).toMatchObject(wanted.data)
    const lines = claim.cites.flatMap((cite) => textOf(kase, cite))
    for (const line of wanted.lines) expect(lines).toContain(line.trim())
    if (wanted.hosts) expect(claim.about.hosts).toEqual(wanted.hosts)
    if (wanted.severity) expect(claim.severity ?? check.severity).toBe(wanted.severity)
    if (wanted.proof) expect(claim.proof).toBe(wanted.proof)
    assertTells(check, claim)
  }
}

/** Prose is not compared, but it has to be there and to hold no hole. */
function assertTells(check: Check, claim: Claim): void {
  const text = check.messages[claim.message] as {
    title: (d: unknown) => string
    text: (d: unknown) => string
    fix: (d: unknown) => string
  }
  for (const part of [text.title, text.text, text.fix]) {
    const prose = part(claim.data)
    expect(prose.length).toBeGreaterThan(8)
    expect(prose).not.toMatch(/undefined|\[object|NaN/)
  }
  expect(claim.verify).not.toBe('')
  for (const step of claim.steps) expect(step.run).not.toMatch(/undefined|\[object|NaN/)
}

function assertReason(verdict: Verdict, spec: ReasonSpec): void {
  if (verdict.status !== 'ruled' || verdict.ruling.is === 'fail' || verdict.ruling.is === 'pass') return
  expect(verdict.ruling.because.reason).toBe(spec.reason)
}
