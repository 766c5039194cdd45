/** What a check is, what it may say, and how little it has to know to say it. */
import type { Case, Host, Mode, Role } from './case.ts'
import type { Cite, Fact, HostId, Known, NonEmpty } from './evidence.ts'
import type { FactName, Facts } from './facts.ts'

export type CheckId = string
export type Severity = 'critical' | 'warning' | 'note'

/** The catalogue's sections. */
export const CATEGORIES = [
  'keepalived',
  'firewall',
  'arp',
  'sysctl',
  'address',
  'route',
  'ipvs',
  'capture',
  'service',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Where on the way a fault bites, in the order a packet meets it; breaks ties between roots. */
export const STAGES = [
  'config',
  'vrrp',
  'arp',
  'director',
  'forward',
  'real-server',
  'return',
  'client',
  'symptom',
] as const
export type Stage = (typeof STAGES)[number]

/** `whole`: concludes from something NOT being listed. `part`: one line is enough. */
export type Need = 'whole' | 'part'
export type Needs = { readonly [K in FactName]?: Need }

export type Data = Readonly<Record<string, unknown>>

/** Prose of one ailment. Each part is a template over the same data, so another language is one more table. */
export interface FailText<D> {
  /** One line, no full stop: what is wrong, where. */
  readonly title: (d: D) => string
  /** Why it is wrong, in the operator's words. */
  readonly text: (d: D) => string
  /** What to do, in one sentence. */
  readonly fix: (d: D) => string
}

export type Risk = 'safe' | 'reloads' | 'moves-traffic' | 'drops-connections'

export interface FixStep {
  readonly host?: HostId
  /** Paste this now. */
  readonly run: string
  /** Paste this so that it survives a reboot. */
  readonly persist?: string
  readonly risk: Risk
  readonly undo?: string
}

export interface Claim {
  readonly message: string
  readonly data: Data
  /** Lines that prove it, the most telling first. */
  readonly cites: NonEmpty<Cite>
  readonly steps: readonly FixStep[]
  /** Command that proves the repair. */
  readonly verify: string
  readonly about: {
    readonly hosts: readonly HostId[]
    readonly vips?: readonly string[]
    readonly instances?: readonly string[]
  }
  /** Where it differs from the check's own. */
  readonly severity?: Severity
  /** `direct`: a counter, a log line, a packet says it. `inferred`: from configuration. */
  readonly proof: 'direct' | 'inferred'
}

export interface Because {
  readonly reason: string
  readonly data: Data
}

export type Ruling =
  | { readonly is: 'fail'; readonly claims: NonEmpty<Claim> }
  | { readonly is: 'pass'; readonly looked: NonEmpty<Cite> }
  | { readonly is: 'not-applicable'; readonly because: Because; readonly looked: NonEmpty<Cite> }
  | {
      readonly is: 'undecided'
      readonly because: Because
      readonly looked: NonEmpty<Cite>
      readonly ask: readonly string[]
    }

/** A host as a check sees it: the facts it declared, known. Others through `fact()`, with their gaps. */
export type HostView<N extends Needs> = {
  readonly id: HostId
  readonly name: string
  readonly host: Host
  fact<K extends FactName>(name: K): Fact<Facts[K]>
} & { readonly [K in keyof N & FactName]: Known<Facts[K]> }

export interface CaseView {
  readonly kase: Case
  readonly topology: Case['topology']
  hostOf(id: HostId): Host | undefined
  /** May two looks be set against each other? Not when a state change lies between them. */
  comparable(a: Known<unknown>, b: Known<unknown>): boolean
  /** Services this host directs, or serves as real server. */
  servicesOf(id: HostId, role: Role): Case['topology']['services']
}

interface CheckBase<N extends Needs> {
  readonly id: CheckId
  /** The healthy condition, one line. */
  readonly title: string
  readonly category: Category
  readonly severity: Severity
  readonly stage: Stage
  /** What breaks in the real world, two or three sentences. */
  readonly why: string
  readonly links: readonly string[]
  /** Ids of checks (built or to come) whose findings this one can explain. */
  readonly explains: readonly CheckId[]
  /** A smell: never reported as a root cause. */
  readonly neverRoot?: true
  /** Whom it is about. `any`: every host. */
  readonly on: Role | 'any'
  /** Only where such a service exists. */
  readonly modes?: readonly Mode[]
  readonly needs: N
  readonly messages: Readonly<Record<string, FailText<never>>>
  readonly reasons: Readonly<Record<string, (d: never) => string>>
}

export interface HostCheck<N extends Needs = Needs> extends CheckBase<N> {
  readonly scope: 'host'
  run(host: HostView<N>, view: CaseView): Ruling
}

export interface CaseCheck<N extends Needs = Needs> extends CheckBase<N> {
  readonly scope: 'case'
  /** Fewer hosts than this with the needed facts: not checked. */
  readonly atLeast: number
  run(hosts: readonly HostView<N>[], view: CaseView): Ruling
}

export type Check = HostCheck<Needs> | CaseCheck<Needs>

type Messages = Readonly<Record<string, FailText<never>>>
type Reasons = Readonly<Record<string, (d: never) => string>>

export function hostCheck<const N extends Needs>(check: Omit<HostCheck<N>, 'scope'>): Check {
  return { scope: 'host', ...check } as unknown as Check
}

export function caseCheck<const N extends Needs>(check: Omit<CaseCheck<N>, 'scope'>): Check {
  return { scope: 'case', ...check } as unknown as Check
}

/** A typed message table entry. */
export function ailment<D extends Data>(text: FailText<D>): FailText<D> {
  return text
}

/** A claim whose data fits its message. */
export function claim<M extends Messages, K extends keyof M & string>(
  _messages: M,
  message: K,
  data: Parameters<M[K]['title']>[0] & Data,
  rest: Omit<Claim, 'message' | 'data'>,
): Claim {
  return { message, data, ...rest }
}

export function fail(claims: NonEmpty<Claim>): Ruling {
  return { is: 'fail', claims }
}

export function pass(looked: NonEmpty<Cite>): Ruling {
  return { is: 'pass', looked }
}

export function notApplicable<R extends Reasons, K extends keyof R & string>(
  _reasons: R,
  reason: K,
  data: Parameters<R[K]>[0] & Data,
  looked: NonEmpty<Cite>,
): Ruling {
  return { is: 'not-applicable', because: { reason, data }, looked }
}

export function undecided<R extends Reasons, K extends keyof R & string>(
  _reasons: R,
  reason: K,
  data: Parameters<R[K]>[0] & Data,
  looked: NonEmpty<Cite>,
  ask: readonly string[] = [],
): Ruling {
  return { is: 'undecided', because: { reason, data }, looked, ask }
}
