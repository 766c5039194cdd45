/** A case: every host's facts, who plays which role, and what can be compared with what. */
import type { Cite, Fact, Gap, HostId, Moment, NonEmpty, Section, SectionId, Source, Unread } from './evidence.ts'
import type { ChangeKind, FactName, Facts, Protocol } from './facts.ts'

export type Role = 'director' | 'real-server' | 'client'
export type Mode = 'DR' | 'TUN' | 'NAT' | 'Local' | 'unknown'

/** Is the host this? Absence needs evidence too. */
export type Tri =
  | { readonly is: 'yes' | 'no'; readonly looked: NonEmpty<Cite> }
  | { readonly is: 'unknown'; readonly gaps: NonEmpty<Gap> }

export type HostFacts = { readonly [K in FactName]: Fact<Facts[K]> }

export interface Host {
  readonly id: HostId
  /** Every name the evidence gives it; the first is the one to print. */
  readonly names: NonEmpty<string>
  readonly sources: readonly string[]
  readonly facts: HostFacts
  readonly roles: Readonly<Record<Role, Tri>>
  /** Outputs of several machines stand under this name, and nothing tells them apart. */
  readonly mixed?: true
}

/** A command that changed a host between two looks. */
export interface StateChange {
  readonly host: HostId
  readonly kind: ChangeKind
  readonly moment: Moment
  readonly at: Cite
  readonly text: string
}

export interface Case {
  readonly sources: ReadonlyMap<string, Source>
  readonly sections: ReadonlyMap<SectionId, Section>
  readonly hosts: readonly Host[]
  readonly topology: Topology
  readonly changes: readonly StateChange[]
  /** Lines nobody understood, over all sources. */
  readonly unread: readonly Unread[]
}

export interface Topology {
  readonly vips: readonly Vip[]
  readonly services: readonly Service[]
  /** Addresses seen asking for a VIP: captures, connection tables, client hosts. */
  readonly clients: readonly ClientAddress[]
}

export interface Vip {
  readonly ip: string
  readonly from: NonEmpty<Cite>
  /** Directors that have it on a broadcast interface in their latest look. */
  readonly holders: readonly VipHolder[]
}

export interface VipHolder {
  readonly host: HostId
  readonly dev: string
  readonly at: Cite
  readonly moment: Moment
}

export interface Service {
  /** `tcp 10.0.0.1:80` or `fwmark 8`. */
  readonly id: string
  readonly protocol?: Protocol
  readonly vip?: string
  readonly port?: number
  readonly fwmark?: number
  readonly mode: Mode
  readonly scheduler?: string
  readonly persistent?: { readonly seconds: number; readonly at: Cite }
  readonly directors: readonly HostId[]
  readonly servers: readonly ServiceServer[]
  /** No director was seen: concluded from a VIP on a real server's lo, dummy or tunl0. */
  readonly inferred?: true
  readonly from: NonEmpty<Cite>
}

export interface ServiceServer {
  readonly ip: string
  readonly port: number
  readonly mode: Mode
  readonly weight?: number
  /** The host of the case that owns the address. */
  readonly host?: HostId
  /** Which host says so, and where: a director's IPVS table, its keepalived.conf, or the real server's own address list. */
  readonly said: NonEmpty<{ readonly host: HostId; readonly by: 'ipvs' | 'keepalived' | 'address'; readonly at: Cite }>
}

export interface ClientAddress {
  readonly ip: string
  readonly from: NonEmpty<Cite>
}
