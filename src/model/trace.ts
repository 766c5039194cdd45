/** What `lvsdoctor trace` says: plain data made once; every printer is a view of it. schemaVersion 1.0. */
import type { HostId } from './evidence.ts'

/** `drop` also stands for a packet that dies without any word: no route, no listener's host, nobody answers ARP. */
export type TraceVerdict = 'accept' | 'drop' | 'reject' | 'unknown'

/** A line of the evidence, as it stands in its source. */
export interface TraceLine {
  readonly source: string
  readonly line: number
  readonly text: string
}

/** One rule or policy that the packet met. */
export interface RuleStep {
  readonly table: string
  readonly chain: string
  readonly matched: 'yes' | 'no' | 'unknown'
  readonly effect: string
  /** Option of the condition that failed or cannot be decided. */
  readonly because: string | null
  readonly line: TraceLine | null
  /** The rule's own packet counter, where it was listed. */
  readonly packets: number | null
}

/** One host's packet filter alone. */
export interface HookTrace {
  readonly schemaVersion: '1.0'
  readonly verdict: TraceVerdict
  /** The deciding rule, the line of the chain whose policy decides, or what cannot be decided; null: no rule at all. */
  readonly by: TraceLine | null
  readonly trace: readonly RuleStep[]
  /** What the evidence does not say and the verdict rests on. */
  readonly assumed: readonly string[]
}

/** One station of the way. */
export interface Hop {
  /** Which way of several: a real server's address; null before the ways part. */
  readonly path: string | null
  /** `arp`, `route`, `filter-input`, `ipvs`, `listener` … */
  readonly step: string
  /** undefined: a machine that no evidence is of, or the network itself. */
  readonly host: HostId | null
  readonly verdict: TraceVerdict
  /** One sentence. */
  readonly text: string
  readonly lines: readonly TraceLine[]
  /** What was taken for granted here. */
  readonly assumed: readonly string[]
}

/** A packet's whole way, and back. */
export interface PathTrace {
  readonly schemaVersion: '1.0'
  readonly verdict: TraceVerdict
  /** First line of the hop that decides; null where nothing stops the packet. */
  readonly by: TraceLine | null
  /** The packet in words: `tcp 10.0.0.9 -> 10.0.0.1:80`. */
  readonly packet: string
  readonly trace: readonly Hop[]
  readonly assumed: readonly string[]
}
