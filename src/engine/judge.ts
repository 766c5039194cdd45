/**
 * Runs one check on what it is meant for. The only place that says "not checked" and "crashed":
 * a check is handed the facts it declared, known, or it is not run at all.
 */
import type { Case, Host, Mode, Role } from '../model/case.ts'
import type { CaseCheck, CaseView, Check, HostCheck, HostView, Needs, Ruling } from '../model/check.ts'
import type { Gap, Known, NonEmpty } from '../model/evidence.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { FactName } from '../model/facts.ts'
import { askFor } from '../probes/ask.ts'

export type Verdict =
  | { readonly status: 'ruled'; readonly target: string; readonly ruling: Ruling }
  | { readonly status: 'not-meant'; readonly target: string; readonly because: string }
  | { readonly status: 'not-checked'; readonly target: string; readonly because: string; readonly gaps: NonEmpty<Gap> }
  | { readonly status: 'crashed'; readonly target: string; readonly error: string }

export function judge(check: Check, view: CaseView): readonly Verdict[] {
  return check.scope === 'host' ? judgeHosts(check, view) : [judgeCase(check, view)]
}

type Meant =
  | { readonly is: 'yes' }
  | { readonly is: 'no'; readonly because: string }
  | { readonly is: 'unknown'; readonly because: string; readonly gaps: NonEmpty<Gap> }

function judgeHosts(check: HostCheck, view: CaseView): readonly Verdict[] {
  return view.kase.hosts.map((host): Verdict => {
    const target = host.id
    const meant = meantFor(check, host, view)
    if (meant.is === 'no') return { status: 'not-meant', target, because: meant.because }
    if (meant.is === 'unknown') return { status: 'not-checked', target, because: meant.because, gaps: meant.gaps }
    const gaps = gapsOf(check.needs, host)
    if (isNonEmpty(gaps)) return { status: 'not-checked', target, because: lacking(gaps), gaps }
    return guarded(target, () => check.run(viewOf(host, check.needs), view))
  })
}

function judgeCase(check: CaseCheck, view: CaseView): Verdict {
  const target = 'case'
  const seen: HostView<Needs>[] = []
  const gaps: Gap[] = []
  for (const host of view.kase.hosts) {
    const meant = meantFor(check, host, view)
    if (meant.is === 'no') continue
    if (meant.is === 'unknown') {
      gaps.push(...meant.gaps)
      continue
    }
    const lacks = gapsOf(check.needs, host)
    if (isNonEmpty(lacks)) gaps.push(...lacks)
    else seen.push(viewOf(host, check.needs))
  }
  if (seen.length < check.atLeast) {
    const ask = [...new Set(Object.keys(check.needs).flatMap((name) => askFor(name as FactName)))]
    const others: Gap[] = gaps.length > 0 ? gaps : [{ code: 'not-collected', ask }]
    const noun = check.on === 'any' ? 'host' : check.on
    const because =
      seen.length === 0
        ? `no ${noun} with the evidence it needs`
        : `needs ${check.atLeast} ${noun}s, saw ${seen.length}`
    return { status: 'not-checked', target, because, gaps: others as unknown as NonEmpty<Gap> }
  }
  const verdict = guarded(target, () => check.run(seen, view))
  // A pass over the hosts that were seen says nothing about the one that was not.
  const passed = verdict.status === 'ruled' && (verdict.ruling.is === 'pass' || verdict.ruling.is === 'not-applicable')
  if (passed && isNonEmpty(gaps)) return { status: 'not-checked', target, because: lacking(gaps), gaps }
  return verdict
}

function guarded(target: string, run: () => Ruling): Verdict {
  try {
    return { status: 'ruled', target, ruling: run() }
  } catch (error) {
    return {
      status: 'crashed',
      target,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    }
  }
}

function meantFor(check: Check, host: Host, view: CaseView): Meant {
  if (check.on !== 'any') {
    const role = host.roles[check.on]
    if (role.is === 'no') return { is: 'no', because: `${host.id} is not a ${check.on}` }
    if (role.is === 'unknown')
      return { is: 'unknown', because: `cannot tell whether ${host.id} is a ${check.on}`, gaps: role.gaps }
  }
  return check.modes ? meantForMode(check.modes, check.on, host, view) : { is: 'yes' }
}

function meantForMode(modes: readonly Mode[], on: Role | 'any', host: Host, view: CaseView): Meant {
  const services = on === 'any' ? view.topology.services : view.servicesOf(host.id, on)
  const gap: Gap = { code: 'not-collected', ask: askFor('ipvs') }
  if (services.length === 0) {
    const none = view.topology.services.length > 0 || host.facts.ipvs.state === 'known'
    // Services are known and none is of this host: nothing of that mode can be wrong here.
    if (none && (on === 'any' || host.roles[on].is === 'yes'))
      return { is: 'no', because: `no ${modes.join('/')} service on ${host.id}` }
    return { is: 'unknown', because: 'no virtual service is known', gaps: [gap] }
  }
  if (services.some((service) => modes.includes(service.mode) || service.servers.some((s) => modes.includes(s.mode))))
    return { is: 'yes' }
  if (services.some((service) => service.mode === 'unknown'))
    return { is: 'unknown', because: 'the forwarding mode is not known', gaps: [gap] }
  return { is: 'no', because: `no ${modes.join('/')} service on ${host.id}` }
}

function gapsOf(needs: Needs, host: Host): readonly Gap[] {
  return (Object.keys(needs) as FactName[]).flatMap((name): readonly Gap[] => {
    const fact = host.facts[name]
    if (fact.state === 'missing') return fact.gaps.map((gap) => ({ ...gap, host: host.id }))
    if (needs[name] === 'whole' && !fact.whole) {
      const at = fact.unread[0]?.at ?? fact.from[0]
      return [{ code: fact.unread.length > 0 ? 'not-understood' : 'cut-short', ask: askFor(name), at, host: host.id }]
    }
    return []
  })
}

const WHY: Readonly<Record<Gap['code'], string>> = {
  'not-collected': 'not collected',
  'no-such-tool': 'no such tool there',
  denied: 'needs root',
  failed: 'the command failed',
  'timed-out': 'the command took too long',
  'cut-short': 'nothing shows that the output is complete',
  'not-understood': 'the output was not understood',
  outdated: 'changed after the last look',
}

export function lacking(gaps: readonly Gap[]): string {
  return [...new Set(gaps.map((gap) => `${gap.ask[0] ?? 'evidence'}: ${WHY[gap.code]}`))].join('; ')
}

function viewOf(host: Host, needs: Needs): HostView<Needs> {
  const declared: Partial<Record<FactName, Known<unknown>>> = {}
  for (const name of Object.keys(needs) as FactName[]) {
    const fact = host.facts[name]
    if (fact.state === 'known') declared[name] = fact
  }
  return { id: host.id, name: host.names[0], host, fact: (name) => host.facts[name], ...declared } as HostView<Needs>
}

/** How long two undated or dated looks may lie apart and still show one moment. */
const SAME_MOMENT_MS = 5 * 60_000

export function caseView(kase: Case): CaseView {
  const byId = new Map(kase.hosts.map((host) => [host.id, host]))
  return {
    kase,
    topology: kase.topology,
    hostOf: (id) => byId.get(id),
    comparable: (a, b) => comparable(kase, a, b),
    servicesOf: (id, role) =>
      kase.topology.services.filter((service) =>
        role === 'director' ? service.directors.includes(id) : service.servers.some((server) => server.host === id),
      ),
  }
}

function comparable(kase: Case, a: Known<unknown>, b: Known<unknown>): boolean {
  if (a.moment.source === b.moment.source) {
    const [from, to] = a.moment.order <= b.moment.order ? [a.moment, b.moment] : [b.moment, a.moment]
    return !kase.changes.some(
      (change) =>
        change.moment.source === from.source && change.moment.order > from.order && change.moment.order < to.order,
    )
  }
  const { takenAt: first } = a.moment
  const { takenAt: second } = b.moment
  return first === undefined || second === undefined || Math.abs(first - second) <= SAME_MOMENT_MS
}
