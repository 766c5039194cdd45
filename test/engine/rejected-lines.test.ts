/**
 * The report against the program itself: of every configuration of the corpus, the lines in critical findings are the
 * lines that `keepalived --config-test` complains of. What differs has its reason in BELOW_CRITICAL or in NOT_SAID_THERE;
 * what has none fails. LVSDOCTOR_RECORD=1 asks an installed keepalived 2.2 again;
 * LVSDOCTOR_DIFFERENTIAL=all takes the whole corpus, and wants every reason to be needed.
 */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/engine/index.ts'
import type { Finding, Report } from '../../src/model/report.ts'
import type { Complaint } from '../parsers/keepalived/installed-program.ts'
import { OF_OTHER_RELEASES } from '../parsers/keepalived/other-releases.ts'
import { recordedAnswers } from '../parsers/keepalived/recorded.ts'
import { wholeCorpus } from '../parsers/keepalived/whole-corpus.ts'

interface Missed {
  readonly line: number
  readonly text: string
  /** What keepalived says of the line. */
  readonly said: readonly string[]
  readonly lines: readonly string[]
  readonly report: Report
}

interface Difference<T> {
  readonly fits: (one: T) => boolean
  readonly reason: string
}

/** How often each reason was needed. */
const used = new Map<string, number>()

function isExplained<T>(one: T, differences: readonly Difference<T>[]): boolean {
  const difference = differences.find(({ fits }) => fits(one))
  if (difference !== undefined) used.set(difference.reason, (used.get(difference.reason) ?? 0) + 1)
  return difference !== undefined
}

const noted = ({ report, line }: Missed, severity: Finding['severity']) =>
  report.findings.some((one) => one.severity === severity && one.evidence.some((evidence) => evidence.line === line))
const says = ({ said }: Missed, what: RegExp) => said.some((text) => what.test(text))
const firstWord = (text: string | undefined) => /[^\s{}"]+/.exec(text ?? '')?.[0] ?? ''
const tellsReleases = ({ report }: Missed) =>
  report.findings.some(({ check }) => check === 'keepalived-keyword-release')

/** Complaints of keepalived about lines that are in no critical finding. */
const BELOW_CRITICAL: readonly Difference<Missed>[] = [
  {
    fits: (one) => says(one, /doesn't exist|unknown interface|set default user|uid\/gid|Config files missing/),
    reason: 'the host decides, not the text: interfaces, users and files of this machine',
  },
  {
    fits: (one) =>
      says(one, /deprecated|Please use keyword|number '0' outside range|Unknown keyword 'nb_get_retry'/) &&
      noted(one, 'note'),
    reason: 'a note: it is still read, or what holds without the line is what was meant',
  },
  {
    fits: (one) => says(one, /Truncating auth_pass/),
    reason: 'all nodes cut alike: a note, where the instance uses the password',
  },
  {
    fits: (one) => says(one, /empty notification_email block/) && noted(one, 'note'),
    reason: 'a note: an empty list of recipients is one',
  },
  {
    fits: (one) =>
      says(one, /requires vmac_xmit_base - setting|without unicast peers - resetting/) && noted(one, 'warning'),
    reason: 'a warning: keepalived helps itself, and keeps the block',
  },
  {
    fits: (one) => OF_OTHER_RELEASES.has(firstWord(one.text)) && tellsReleases(one),
    reason:
      'a note with the release: others than Debian 12 read it, and a bare file does not tell which one is installed',
  },
  {
    fits: (one) =>
      /^\s*}/.test(one.text) && one.lines.some((text) => firstWord(text) === 'auth_hmac') && tellsReleases(one),
    reason: 'the end of a block of another release',
  },
  {
    fits: (one) => says(one, /iptables not supported/),
    reason: 'Debian builds keepalived without iptables; others do not',
  },
  {
    fits: (one) => says(one, /does not have any delay set|sorry server .*don't match/),
    reason: 'said where the block ends, of a line that is in a finding',
  },
  {
    fits: ({ report, line }) => report.unread.some((unread) => unread.line <= line),
    reason:
      'not understood, and told so: it may be text of a terminal between the lines, or hold a variable of another file',
  },
  {
    fits: (one) => one.lines.some((text) => /^static_routes|^static_rules|virtual_r(?:out|ul)es/.test(text)),
    reason: 'the language of routes and rules is that of ip(8): not judged',
  },
  {
    fits: (one) =>
      says(one, /Missing '\{' at beginning/) &&
      one.report.findings.some(({ check }) => check === 'keepalived-unknown-keyword'),
    reason: 'inside a block that is not known nothing is judged',
  },
]

interface Extra {
  readonly line: number
  readonly finding: Finding
  readonly complaints: readonly Complaint[]
}

const complains = ({ complaints }: Extra, what: RegExp) => complaints.some(({ text }) => what.test(text))
const BRACES = /There are \d+ missing '}'s|Extra '}' found|Unexpected '{'|at beginning of configuration block/

/** Lines in critical findings that keepalived names no complaint for. */
const NOT_SAID_THERE: readonly Difference<Extra>[] = [
  {
    fits: (one) =>
      /^(?:vrrp-instance-no-vip|unicast-peer-empty)$/.test(one.finding.check) &&
      complains(one, /No VIP specified|nterface|virtual router id must be set|missing a param/),
    reason:
      'keepalived says it of the instance, without a line; where an interface or a value is missing it ends before',
  },
  {
    fits: ({ line, complaints }) =>
      complaints.some((one) => one.line < line && one.text.includes('is missing a parameter')),
    reason: 'keepalived has ended before it came to this line',
  },
  {
    fits: (one) => one.finding.check === 'keepalived-brace-mismatch' && complains(one, BRACES),
    reason:
      'keepalived counts braces, or notices one later; the finding names the block that is open and the } that is too many',
  },
  {
    fits: ({ line, finding, complaints }) =>
      (finding.message === 'incomplete' || finding.evidence.some((one) => one.line > line)) &&
      complaints.some((one) => one.line > line),
    reason: 'keepalived notices at the end of the block; the finding names its head too',
  },
  {
    fits: (one) => one.finding.check === 'keepalived-name-undefined' && complains(one, /specified in sync group/),
    reason: 'keepalived says it of the group, without a line',
  },
  {
    fits: (one) => one.line > 1 && complains(one, BRACES),
    reason: 'swallowed without a word by the block before, which is not closed; wrong as soon as that is repaired',
  },
]

describe('lines in critical findings', async () => {
  const samples = wholeCorpus()
  const answers = await recordedAnswers(samples.map(({ text }) => text))

  it('are those that keepalived complains of', { timeout: 300_000 }, () => {
    let found = 0
    const differences = samples.flatMap(({ name, text }, index) => {
      const complaints = answers[index]
      if (complaints === undefined || complaints === 'crashed') return []
      const report = reportOn(text)
      const criticals = report.findings.filter(({ severity }) => severity === 'critical')
      const ours = new Set(criticals.flatMap(linesOf))
      const theirs = new Set(complaints.flatMap(({ line }) => (line > 0 ? [line] : [])))
      found += [...ours].filter((line) => theirs.has(line)).length
      const lines = text.split('\n')
      const missed = [...theirs].filter((line) => !ours.has(line))
      const untold = missed.filter((line) => {
        const said = complaints.flatMap((one) => (one.line === line ? [one.text] : []))
        return !isExplained({ line, text: lines[line - 1] ?? '', said, lines, report }, BELOW_CRITICAL)
      })
      const extra = criticals.flatMap((finding) =>
        linesOf(finding).flatMap((line) => {
          if (theirs.has(line) || isExplained({ line, finding, complaints }, NOT_SAID_THERE)) return []
          return [`${name}: only ${finding.check} names line ${line}: ${lines[line - 1]}`]
        }),
      )
      const without = report.findings.filter(({ evidence }) => evidence[0]?.column === undefined)
      return [
        ...without.map(({ check }) => `${name}: ${check} names no column`),
        ...untold.map((line) => `${name}: only keepalived names line ${line}: ${lines[line - 1]}`),
        ...extra,
      ]
    })
    expect(differences).toEqual([])
    expect(found).toBeGreaterThan(600)
    if (process.env.LVSDOCTOR_DIFFERENTIAL !== 'all') return
    const reasons = [...BELOW_CRITICAL, ...NOT_SAID_THERE].map(({ reason }) => reason)
    expect(reasons.filter((reason) => !used.has(reason))).toEqual([])
  })

  it('there are none in what keepalived takes without complaint', { timeout: 300_000 }, () => {
    const taken = samples.filter((_, index) => answers[index]?.length === 0)
    const guilty = taken.flatMap(({ name, text }) => {
      const criticals = reportOn(text).findings.filter(({ severity }) => severity === 'critical')
      return criticals.map(({ title }) => `${name}: ${title}`)
    })
    expect(guilty).toEqual([])
    expect(taken.length).toBeGreaterThan(60)
  })

  it('stand at the column of the word that is wrong', () => {
    const [finding] = reportOn('vrrp_instance VI_1 {\n\tpriority   300 # too much\n}').findings
    expect(finding?.evidence[0]).toMatchObject({ line: 2, column: 13, text: '\tpriority   300 # too much' })
  })
})

/** `lvsdoctor check --only keepalived FILE`. */
function reportOn(text: string): Report {
  const bytes = new TextEncoder().encode(`${text}\n`)
  return diagnose([{ name: 'testhost.conf', bytes }], { version: '0.0.0-test', only: ['keepalived'] })
}

function linesOf({ evidence }: Finding): readonly number[] {
  return evidence.map(({ line }) => line)
}
