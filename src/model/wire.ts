/** What one capture shows, as plain data: the pictures of `capture` are drawn from it. */

export interface WireView {
  readonly host: string
  /** Seconds since 1970, or since midnight where the capture prints no date; null without times. */
  readonly from: number | null
  readonly to: number | null
  readonly masters: readonly WireMaster[]
  readonly owners: readonly WireOwner[]
  readonly servers: readonly WireServer[]
  readonly events: readonly WireEvent[]
}

/** One sender of adverts. */
export interface WireMaster {
  readonly vrid: number
  readonly ip: string
  readonly macs: readonly string[]
  readonly priorities: readonly number[]
  readonly adverts: number
  readonly vips: readonly string[]
  /** When it sent without a gap that lets a backup take over. */
  readonly active: readonly { readonly from: number; readonly to: number }[]
}

/** Who says by ARP where an address is. */
export interface WireOwner {
  readonly ip: string
  readonly mac: string | null
  readonly says: 'answers' | 'announces' | 'asks-as'
  readonly count: number
}

export interface WireServer {
  readonly server: string
  readonly attempts: number
  readonly answered: number
  readonly refused: number
  /** Seconds from the SYN to the SYN-ACK, as this place sees them; null where no pair is in the capture. */
  readonly roundTrip: { readonly least: number; readonly median: number; readonly most: number } | null
}

export interface WireEvent {
  readonly time: number | null
  readonly what: string
}
