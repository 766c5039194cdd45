/** Sorts the packets of a capture into connection attempts. */
import type { IcmpPacket, TcpPacket } from '../../model/facts.ts'
import type { Connection } from './connections.ts'
import { icmpSubject } from './icmp.ts'
import type { Folded } from './sightings.ts'
import { type Syn, synOf } from './syn.ts'

type Draft = { -readonly [K in keyof Connection]: Connection[K] extends readonly (infer I)[] ? I[] : Connection[K] } & {
  syns: [Syn, ...Syn[]]
}

/** Finds the attempt that a segment or an error belongs to. One look-up each, however long the capture. */
export class ConnectionBook {
  readonly attempts: Draft[] = []
  private readonly bySyn = new Map<string, Draft>()
  /** The latest attempt between two ends, and between two addresses. */
  private readonly byEnds = new Map<string, Draft>()
  private readonly byAddresses = new Map<string, Draft>()
  /** Answers from elsewhere: client's end and the stranger's. */
  private readonly byStranger = new Map<string, Draft>()
  /** All destinations one SYN was sent to. */
  private readonly bySource = new Map<string, Draft[]>()

  segment(folded: Folded<TcpPacket>): void {
    const { src, sport, dst, dport, flags } = folded.packet
    if (flags.startsWith('S')) {
      if (flags.includes('.')) this.synAck(folded)
      else this.syn(folded)
      return
    }
    if (!flags.includes('R')) return
    const byServer = this.byEnds.get(`${dst} ${dport} ${src} ${sport}`)
    const sent = `${src} ${sport} ${dst} ${dport}`
    const byClient = this.byEnds.get(sent) ?? this.byStranger.get(sent)
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
    const sent = `${dst} ${dport} ${src} ${sport}`
    const direct = this.byEnds.get(sent)
    if (direct !== undefined) direct.synAcks.push(folded)
    if (direct !== undefined || ack === undefined) return
    // A SYN-ACK acknowledges the initial sequence number plus one, modulo 2^32 (RFC 9293, 3.5).
    const asked = this.bySource.get(`${dst} ${dport} ${(ack + 0xffff_ffff) % 0x1_0000_0000}`)?.[0]
    asked?.strangers.push(folded)
    if (asked !== undefined) this.byStranger.set(sent, asked)
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
