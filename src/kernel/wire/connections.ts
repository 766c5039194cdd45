/** TCP connection attempts: who asked, who answered, and which way the SYN took through the host. */
import type { Capture, IcmpPacket, TcpPacket } from '../../model/facts.ts'
import { icmpSubject } from './icmp.ts'
import { type Folded, foldSightings } from './sightings.ts'
import { type Syn, synOf } from './syn.ts'

export interface WireEnd {
  readonly ip: string
  /** A name (`http`) where tcpdump ran without -n. */
  readonly port: number | string
}

export interface Connection {
  readonly client: WireEnd
  readonly server: WireEnd
  /** Every SYN once: the first and its retransmissions, each with all its sightings. */
  readonly syns: readonly [Syn, ...Syn[]]
  /** Lines that show any of them. */
  readonly sightings: number
  readonly synAcks: readonly Folded<TcpPacket>[]
  /** SYN-ACKs to this SYN from an address nobody here sent it to: the real server answers past the VIP. */
  readonly strangers: readonly Folded<TcpPacket>[]
  readonly resets: readonly { readonly by: 'client' | 'server'; readonly packet: Folded<TcpPacket> }[]
  readonly icmp: readonly Folded<IcmpPacket>[]
  /** The same SYN with another destination: IPVS in NAT mode rewrote it. */
  readonly natTo: readonly WireEnd[]
}

type Draft = { -readonly [K in keyof Connection]: Connection[K] extends readonly (infer I)[] ? I[] : Connection[K] } & {
  syns: [Syn, ...Syn[]]
}

/**
 * The attempts in order of their first SYN. A retransmission repeats the initial sequence number, so a SYN with
 * another one is another attempt even on the same ports. Connections that began before the capture are left out.
 */
export function connections(capture: Capture): readonly Connection[] {
  const book = new Book()
  for (const folded of foldSightings(capture)) {
    const { packet } = folded
    if (packet.kind === 'tcp') book.segment(folded as Folded<TcpPacket>)
    else if (packet.kind === 'icmp') book.error(folded as Folded<IcmpPacket>)
  }
  return book.attempts
}

class Book {
  readonly attempts: Draft[] = []
  private readonly bySyn = new Map<string, Draft>()
  /** The latest attempt between two ends, and between two addresses. */
  private readonly byEnds = new Map<string, Draft>()
  private readonly byAddresses = new Map<string, Draft>()
  /** All destinations one SYN was sent to. */
  private readonly bySource = new Map<string, Draft[]>()

  segment(folded: Folded<TcpPacket>): void {
    const { src, sport, dst, dport, flags } = folded.packet
    if (flags.startsWith('S')) return flags.includes('.') ? this.synAck(folded) : this.syn(folded)
    if (!flags.includes('R')) return
    const byServer = this.byEnds.get(`${dst} ${dport} ${src} ${sport}`)
    const byClient = this.byEnds.get(`${src} ${sport} ${dst} ${dport}`)
    byServer?.resets.push({ by: 'server', packet: folded })
    byClient?.resets.push({ by: 'client', packet: folded })
  }

  private syn(folded: Folded<TcpPacket>): void {
    const { src, sport, dst, dport, seq } = folded.packet
    const ends = `${src} ${sport} ${dst} ${dport}`
    const syn = synOf(folded)
    let attempt = this.bySyn.get(`${ends} ${seq}`)
    if (attempt === undefined) {
      const parts = { strangers: [], resets: [], icmp: [], natTo: [], synAcks: [] }
      const fresh = { client: { ip: src, port: sport }, server: { ip: dst, port: dport } }
      attempt = { ...fresh, syns: [syn], sightings: 0, ...parts }
      this.attempts.push(attempt)
      this.bySyn.set(`${ends} ${seq}`, attempt)
      this.relate(attempt, `${src} ${sport} ${seq}`)
    } else attempt.syns.push(syn)
    attempt.sightings += folded.sightings.length
    this.byEnds.set(ends, attempt)
    this.byAddresses.set(`${src} ${dst}`, attempt)
    for (const outer of syn.outer) this.byAddresses.set(`${outer.src} ${outer.dst}`, attempt)
  }

  private relate(attempt: Draft, source: string): void {
    const same = this.bySource.get(source)
    if (same === undefined) this.bySource.set(source, [attempt])
    else {
      same[0]?.natTo.push(attempt.server)
      same.push(attempt)
    }
  }

  private synAck(folded: Folded<TcpPacket>): void {
    const { src, sport, dst, dport, ack } = folded.packet
    const direct = this.byEnds.get(`${dst} ${dport} ${src} ${sport}`)
    if (direct !== undefined) direct.synAcks.push(folded)
    else if (ack !== undefined)
      this.bySource.get(`${dst} ${dport} ${(ack + 0xffff_ffff) % 0x1_0000_0000}`)?.[0]?.strangers.push(folded)
  }

  error(folded: Folded<IcmpPacket>): void {
    const { dst, quoted } = folded.packet
    const subject = icmpSubject(folded.packet)
    // The error goes back to the sender of the packet it is about. That may be the answer of a server.
    const exact =
      quoted === undefined
        ? undefined
        : (this.byEnds.get(`${quoted.src} ${quoted.sport} ${quoted.dst} ${quoted.dport}`) ??
          this.byEnds.get(`${quoted.dst} ${quoted.dport} ${quoted.src} ${quoted.sport}`))
    const attempt =
      exact ??
      (subject === undefined
        ? undefined
        : (this.byAddresses.get(`${dst} ${subject}`) ?? this.byAddresses.get(`${subject} ${dst}`)))
    attempt?.icmp.push(folded)
  }
}
