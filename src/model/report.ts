/** The report: plain data made once; every renderer is a view of it. schemaVersion 1.0. */
import type { Mode, Role } from './case.ts'
import type { Category, CheckId, Data, FixStep, Severity } from './check.ts'
import type { GapCode, HostId } from './evidence.ts'
import type { WireView } from './wire.ts'

export type ReportStatus = 'ok' | 'warning' | 'critical' | 'unknown'
export type ResultStatus = 'fail' | 'pass' | 'not-applicable' | 'undecided' | 'not-checked' | 'crashed'

export interface Report {
  readonly schemaVersion: '1.0'
  readonly tool: { readonly name: 'lvsdoctor'; readonly version: string }
  readonly result: { readonly status: ReportStatus; readonly exitCode: number; readonly complete: boolean }
  readonly hosts: readonly ReportHost[]
  readonly services: readonly ReportService[]
  readonly rootCauses: readonly RootCause[]
  readonly findings: readonly Finding[]
  readonly results: readonly Result[]
  readonly coverage: Coverage
  readonly topology: ReportTopology
  /** Who would be MASTER before, during and after each single failure; left out where no two configurations were given. */
  readonly rehearsals?: readonly ReportRehearsal[]
  /** What each capture shows; only where `capture` was asked. */
  readonly packets?: readonly WireView[]
  /** Hosts that were asked and of which there is nothing; left out where all answered. */
  readonly notReached?: readonly NotReached[]
  readonly unread: readonly { readonly source: string; readonly line: number; readonly text: string }[]
}

/** A host that was asked for and could not be asked. */
export interface NotReached {
  /** As the operator named it. */
  readonly host: string
  readonly why: string
  /** One command or setting to try. */
  readonly tryThis: string
}

export interface ReportHost {
  readonly id: HostId
  readonly names: readonly string[]
  readonly roles: readonly Role[]
  readonly vips: readonly string[]
  readonly sources: readonly string[]
  /** What the host plainly lacks: `ip_vs is not loaded`. Left out where there is nothing to say. */
  readonly remarks?: readonly string[]
}

export interface ReportService {
  readonly vip: string | null
  readonly port: number | null
  readonly fwmark: number | null
  readonly protocol: string | null
  readonly mode: Mode
  readonly directors: readonly HostId[]
  readonly realServers: readonly string[]
}

export interface RootCause {
  readonly finding: string
  readonly explains: readonly string[]
}

export interface Finding {
  readonly id: string
  readonly check: CheckId
  readonly category: Category
  readonly message: string
  readonly severity: Severity
  readonly hosts: readonly HostId[]
  readonly title: string
  readonly text: string
  readonly data: Data
  readonly evidence: readonly Evidence[]
  readonly fix: { readonly say: string; readonly steps: readonly FixStep[]; readonly verify: string }
  readonly explainedBy: string | null
}

export interface Evidence {
  readonly source: string
  readonly host: HostId | null
  readonly command: string
  readonly line: number
  /** 1-based character of `text` (in UTF-16 units) where what is meant begins, where one word of the line is meant. */
  readonly column?: number
  readonly text: string
}

export interface Result {
  readonly check: CheckId
  /** Host id, or `case`. */
  readonly target: string
  readonly status: ResultStatus
  readonly because: string
  readonly gaps: readonly { readonly code: GapCode; readonly host: HostId | null; readonly ask: readonly string[] }[]
}

export interface Coverage {
  readonly total: number
  readonly fail: number
  readonly pass: number
  readonly notApplicable: number
  readonly undecided: number
  readonly notChecked: number
  readonly crashed: number
}

export interface ReportRehearsal {
  readonly instance: string
  readonly vips: readonly string[]
  readonly nodes: readonly HostId[]
  readonly rows: readonly {
    readonly failure: string
    readonly host: HostId
    /** A host, `nobody`, or `unknown` for a draw. */
    readonly before: string
    readonly during: string
    readonly after: string
    /** False: the MASTER was hit and keeps the VIP. */
    readonly failsOver: boolean
    readonly because: 'weight-too-small' | 'peer-nopreempt' | null
  }[]
}

export interface ReportTopology {
  readonly nodes: readonly TopologyNode[]
  readonly links: readonly TopologyLink[]
}

export interface TopologyNode {
  readonly host: HostId
  readonly role: Role | 'unknown'
  /** Address it is known by in the cluster's network. */
  readonly address: string | null
  /** `MASTER 150`, `w=1 up`, `VIP on lo` … short marks, one line each; `bad` ones belong to a finding. */
  readonly marks: readonly { readonly text: string; readonly bad: boolean; readonly finding: string | null }[]
}

export interface TopologyLink {
  readonly from: HostId
  readonly to: HostId
  readonly label: string
  readonly broken: boolean
  readonly finding: string | null
}
