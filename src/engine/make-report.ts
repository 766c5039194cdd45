/** Verdicts -> Report: plain data, made once. */
import type { Case, Host, Role } from '../model/case.ts'
import type { Because, Check, Claim, FailText, Severity } from '../model/check.ts'
import { EXIT } from '../model/errors.ts'
import type { Gap } from '../model/evidence.ts'
import type {
  Coverage,
  Finding,
  NotReached,
  Report,
  ReportHost,
  ReportService,
  Result,
  ResultStatus,
} from '../model/report.ts'
import { citedLines, sourceOf } from './cited-lines.ts'
import type { Verdict } from './judge.ts'
import { type Raised, rank } from './rank.ts'
import { rehearsalsOf } from './rehearsals.ts'
import { remarksOn } from './remarks.ts'
import { drawTopology } from './topology-view.ts'

export interface Judged {
  readonly check: Check
  readonly verdicts: readonly Verdict[]
}

export interface Frame {
  readonly version: string
  readonly notReached?: readonly NotReached[]
}

export function makeReport(kase: Case, judged: readonly Judged[], registry: readonly Check[], frame: Frame): Report {
  const { version, notReached = [] } = frame
  const raised = raise(judged)
  const ranking = rank(raised, registry)
  const order = new Map([...ranking.roots.map((root) => root.finding)].map((id, index) => [id, index]))
  const position = (finding: Raised): number =>
    order.get(finding.id) ?? order.get(ranking.explainedBy.get(finding.id) ?? '') ?? order.size
  const ordered = [...raised].sort(
    (a, b) => position(a) - position(b) || Number(!order.has(a.id)) - Number(!order.has(b.id)),
  )
  const renamed = new Map(ordered.map((finding, index) => [finding.id, `f${index + 1}`]))
  const name = (id: string): string => renamed.get(id) ?? id
  const findings = ordered.map((finding) => {
    const by = ranking.explainedBy.get(finding.id)
    return findingOf(kase, finding, name(finding.id), by === undefined ? null : name(by))
  })
  const results = judged.flatMap(({ check, verdicts }) => verdicts.map((verdict) => resultOf(check, verdict)))
  const coverage = coverageOf(results)
  const rehearsals = rehearsalsOf(kase)
  return {
    schemaVersion: '1.0',
    tool: { name: 'lvsdoctor', version },
    result: resultLine(findings, coverage, notReached.length === 0),
    hosts: kase.hosts.map((host) => hostOf(kase, host)),
    services: kase.topology.services.filter((service) => service.inferred !== true).map(serviceOf),
    rootCauses: ranking.roots.map((root) => ({ finding: name(root.finding), explains: root.explains.map(name) })),
    findings,
    results,
    coverage,
    topology: drawTopology(kase, findings),
    ...(rehearsals.length === 0 ? {} : { rehearsals }),
    ...(notReached.length === 0 ? {} : { notReached }),
    unread: kase.unread.map(({ at, text }) => ({ source: sourceOf(kase, at), line: at.line, text: text.trimEnd() })),
  }
}

function raise(judged: readonly Judged[]): readonly Raised[] {
  return judged.flatMap(({ check, verdicts }) =>
    verdicts.flatMap((verdict) => {
      if (verdict.status !== 'ruled' || verdict.ruling.is !== 'fail') return []
      return verdict.ruling.claims.map((claim, index): Raised => {
        const severity: Severity = claim.severity ?? check.severity
        return { id: `${check.id}@${verdict.target}#${index}`, check, claim, severity }
      })
    }),
  )
}

function findingOf(kase: Case, { check, claim, severity }: Raised, id: string, explainedBy: string | null): Finding {
  const text = check.messages[claim.message] as FailText<Claim['data']> | undefined
  return {
    id,
    check: check.id,
    category: check.category,
    message: claim.message,
    severity,
    hosts: claim.about.hosts,
    title: text?.title(claim.data) ?? check.id,
    text: text?.text(claim.data) ?? '',
    data: claim.data,
    evidence: citedLines(kase, claim.cites),
    fix: { say: text?.fix(claim.data) ?? '', steps: claim.steps, verify: claim.verify },
    explainedBy,
  }
}

function resultOf(check: Check, verdict: Verdict): Result {
  const { id } = check
  const { target } = verdict
  if (verdict.status === 'crashed') return { check: id, target, status: 'crashed', because: verdict.error, gaps: [] }
  if (verdict.status === 'not-meant')
    return { check: id, target, status: 'not-applicable', because: verdict.because, gaps: [] }
  if (verdict.status === 'not-checked') {
    // A gap without a host is one that any host may fill: which machine is the director is not known yet.
    const gaps = gapsOf(verdict.gaps, 'case')
    return { check: id, target, status: 'not-checked', because: verdict.because, gaps }
  }
  const { ruling } = verdict
  if (ruling.is === 'fail' || ruling.is === 'pass')
    return { check: id, target, status: ruling.is, because: '', gaps: [] }
  const gaps: readonly Gap[] =
    ruling.is === 'undecided' && ruling.ask.length > 0 ? [{ code: 'not-collected', ask: ruling.ask }] : []
  return { check: id, target, status: ruling.is, because: reasonOf(check, ruling.because), gaps: gapsOf(gaps, target) }
}

function reasonOf(check: Check, because: Because): string {
  const template = check.reasons[because.reason] as ((d: Because['data']) => string) | undefined
  return template ? template(because.data) : because.reason
}

function gapsOf(gaps: readonly Gap[], target: string): Result['gaps'] {
  return gaps.map(({ code, ask, host }) => ({ code, ask, host: host ?? (target === 'case' ? null : target) }))
}

function coverageOf(results: readonly Result[]): Coverage {
  const count = (status: ResultStatus): number => results.filter((result) => result.status === status).length
  return {
    total: results.length,
    fail: count('fail'),
    pass: count('pass'),
    notApplicable: count('not-applicable'),
    undecided: count('undecided'),
    notChecked: count('not-checked'),
    crashed: count('crashed'),
  }
}

function resultLine(findings: readonly Finding[], coverage: Coverage, allReached: boolean): Report['result'] {
  const complete = allReached && coverage.notChecked + coverage.undecided + coverage.crashed === 0
  if (findings.some((finding) => finding.severity === 'critical'))
    return { status: 'critical', exitCode: EXIT.critical, complete }
  if (findings.some((finding) => finding.severity === 'warning'))
    return { status: 'warning', exitCode: EXIT.warning, complete }
  return complete
    ? { status: 'ok', exitCode: EXIT.ok, complete }
    : { status: 'unknown', exitCode: EXIT.unknown, complete }
}

function hostOf(kase: Case, host: Host): ReportHost {
  const roles = (Object.keys(host.roles) as Role[]).filter((role) => host.roles[role].is === 'yes')
  const vips = kase.topology.vips
    .filter((vip) => vip.holders.some((holder) => holder.host === host.id))
    .map((vip) => vip.ip)
  const remarks = remarksOn(kase, host)
  return {
    id: host.id,
    names: host.names,
    roles,
    vips,
    sources: host.sources,
    ...(remarks.length === 0 ? {} : { remarks }),
  }
}

function serviceOf(service: Case['topology']['services'][number]): ReportService {
  return {
    vip: service.vip ?? null,
    port: service.port ?? null,
    fwmark: service.fwmark ?? null,
    protocol: service.protocol ?? null,
    mode: service.mode,
    directors: service.directors,
    realServers: service.servers.map((server) => `${server.ip}:${server.port}`),
  }
}
