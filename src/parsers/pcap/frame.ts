/** One packet, decoded: what the analysis and the printed line are made of. */

export interface Frame {
  readonly link: Link
  readonly ip: readonly Ip[]
  readonly body: Body
}

export interface Link {
  /** Number of the interface in a cooked capture of version 2. */
  readonly index?: number
  readonly way?: 'In' | 'B' | 'M' | 'P' | 'Out'
  readonly src?: string
  readonly dst?: string
  /** Tags, the outer one first, as 16 bits. */
  readonly tags: readonly { readonly type: number; readonly control: number }[]
  readonly type: number
}

export interface Ip {
  readonly version: 4 | 6
  readonly src: string
  readonly dst: string
  readonly ttl: number
  readonly id: number
  readonly tos: number
  readonly proto: number
  readonly length: number
  readonly flags: number
  /** Of a fragment, in bytes. */
  readonly offset: number
}

export type Body =
  | {
      readonly is: 'arp'
      readonly op: number
      readonly sender: string
      readonly senderMac: string
      readonly target: string
      readonly targetMac: string
    }
  | Tcp
  | Vrrp
  | Icmp
  | { readonly is: 'udp'; readonly sport: number; readonly dport: number; readonly length: number }
  /** Too little was kept of it. */
  | { readonly is: 'cut'; readonly what: string }
  | { readonly is: 'other' }

export interface Tcp {
  readonly is: 'tcp'
  readonly sport: number
  readonly dport: number
  readonly seq: number
  readonly ack: number
  readonly flags: number
  readonly window: number
  /** Bytes of payload. */
  readonly length: number
  readonly mss?: number
  readonly scale?: number
  readonly sackOk: boolean
  readonly stamp?: { readonly value: number; readonly echo: number }
}

export interface Vrrp {
  readonly is: 'vrrp'
  readonly version: number
  readonly type: number
  readonly vrid: number
  readonly priority: number
  readonly authType?: number
  /** Seconds in version 2, hundredths in version 3. */
  readonly interval: number
  readonly vips: readonly string[]
  /** The eight bytes of a simple password, up to the first zero. */
  readonly auth?: string
  readonly length: number
  /** undefined: not all of it was kept. */
  readonly checksum?: 'good' | 'bad'
  /** Carried inside an authentication header. */
  readonly ah: boolean
}

export interface Icmp {
  readonly is: 'icmp'
  readonly version: 4 | 6
  readonly type: number
  readonly code: number
  /** The word behind the checksum: MTU, gateway, id and sequence. */
  readonly rest: number
  readonly length: number
  /** The packet an error is about. */
  readonly about?: { readonly ip: Ip; readonly sport?: number; readonly dport?: number }
}
