/**
 * Judges every packet of a capture by a handful of bytes and keeps the ones worth showing. This is the hot loop: a gigabyte is two
 * million calls of `frame`, and a segment with data must cost no more than a few comparisons.
 */
import { Attempts } from './attempts.ts'
import { be16, be32 } from './bytes.ts'
import { hashBytes, hashIp6 } from './hash.ts'
import { Heads } from './heads.ts'
import type { Port, Sink } from './sink.ts'
import { Kind } from './statements.ts'
import { MICROSECONDS } from './ticks.ts'

const MOST_NESTED = 4
const VRRP = { first: 6, silence: 1.5, most: 200, room: 600 }
const ARP = { first: 3, silence: 1, most: 40, room: 300 }
const ERRORS = { first: 3, silence: 10, most: 10, room: 300 }
const STRAYS = { first: 3, silence: 10, most: 6, room: 150 }
const OTHERS = { first: 1, silence: 3600, most: 2, room: 60 }

export class Watch implements Sink {
  readonly heads = new Heads()
  readonly attempts = new Attempts(this.heads)
  readonly vrrp = new Kind(VRRP, this.heads)
  readonly arp = new Kind(ARP, this.heads)
  readonly errors = new Kind(ERRORS, this.heads)
  readonly strays = new Kind(STRAYS, this.heads)
  readonly others = new Kind(OTHERS, this.heads)
  /** Slots of what is shown, apart from connection attempts. */
  readonly shown: number[] = []
  frames = 0
  segments = 0
  /** Packets too short to tell, and link types that are not known. */
  short = 0
  foreign = 0
  /** Stamps of the first and the last packet, as `high, low, port`. */
  first: readonly [number, number, number] | undefined
  private lastHigh = 0
  private lastLow = 0
  private lastPort = 0

  constructor(private readonly ports: readonly Port[]) {}

  get last(): readonly [number, number, number] | undefined {
    return this.first === undefined ? undefined : [this.lastHigh, this.lastLow, this.lastPort]
  }

  frame(
    b: Uint8Array,
    at: number,
    kept: number,
    length: number,
    link: number,
    port: number,
    high: number,
    low: number,
  ): void {
    this.frames += 1
    if (this.first === undefined) this.first = [high, low, port]
    this.lastHigh = high
    this.lastLow = low
    this.lastPort = port
    const end = at + kept
    let type: number
    let p: number
    if (link === 1) {
      type = be16(b, at + 12)
      p = at + 14
    } else if (link === 276) {
      type = be16(b, at)
      p = at + 20
    } else if (link === 113) {
      type = be16(b, at + 14)
      p = at + 16
    } else {
      p = at + bareHeader(link)
      if (p < at) {
        this.foreign += 1
        return
      }
      type = p < end ? ((b[p] as number) >> 4 === 6 ? 0x86dd : 0x0800) : 0
    }
    while ((type === 0x8100 || type === 0x88a8 || type === 0x9100) && p + 4 <= end) {
      type = be16(b, p + 2)
      p += 4
    }
    if (p > end) this.short += 1
    else if (type === 0x0800 || type === 0x86dd) {
      this.place.outer = p
      const what = this.ip(b, p, end, 0)
      if (what !== NOTHING) this.keep(what, b, at, kept, length, link, port, high, low)
    } else if (type === 0x0806) this.keep(end - p < 28 ? SHORT : ARPS, b, at, kept, length, link, port, high, low, p)
    else this.keep(OTHER, b, at, kept, length, link, port, high, low, type)
  }

  /** What the packet at `p` is to us. */
  private ip(b: Uint8Array, p: number, end: number, depth: number): number {
    let next: number
    let proto: number
    let src: number
    let dst: number
    if ((b[p] as number) >> 4 === 4) {
      next = p + (((b[p] as number) & 15) << 2)
      if (p + 20 > end || next > end || next < p + 20) return SHORT
      proto = b[p + 9] as number
      if (((b[p + 6] as number) & 0x1f) !== 0 || b[p + 7] !== 0) return this.at(FRAGMENT, p, next)
      src = be32(b, p + 12)
      dst = be32(b, p + 16)
    } else {
      if (p + 40 > end || (b[p] as number) >> 4 !== 6) return SHORT
      proto = b[p + 6] as number
      next = p + 40
      for (let i = 0; i < 8 && (proto === 0 || proto === 43 || proto === 60) && next + 8 <= end; i += 1) {
        proto = b[next] as number
        next += ((b[next + 1] as number) + 1) << 3
      }
      if (proto === 44) return this.at(FRAGMENT, p, next)
      src = hashIp6(b, p + 8)
      dst = hashIp6(b, p + 24)
    }
    if (proto === 6) {
      if (next + 14 > end) return SHORT
      this.segments += 1
      const flags = b[next + 13] as number
      if ((flags & 6) === 0) {
        // A segment that goes on: only the first of a server that was asked is worth a line.
        return this.attempts.servers.voice(src, be16(b, next) | family(b, p)) ? this.at(VOICE, p, next) : NOTHING
      }
      return this.handshake(b, p, next, flags, src, dst)
    }
    if (proto === 4 || proto === 41)
      return depth < MOST_NESTED ? this.ip(b, next, end, depth + 1) : this.at(OTHER_IP, p, next)
    if (proto === 112 || (proto === 51 && b[next] === 112)) return this.at(VRRPS, p, next)
    if (proto === 1 || proto === 58) return next + 8 > end ? SHORT : this.at(ICMP, p, next)
    return proto === 17 ? NOTHING : this.at(OTHER_IP, p, next)
  }

  /** Where the packet of the current call has its outermost and innermost IP header, and what lies behind that. */
  private readonly place = { outer: 0, ip: 0, next: 0, attempt: 0 }

  private at(what: number, ip: number, next: number): number {
    this.place.ip = ip
    this.place.next = next
    return what
  }

  private handshake(b: Uint8Array, p: number, next: number, flags: number, src: number, dst: number): number {
    const of = family(b, p)
    const sport = be16(b, next) | of
    const dport = be16(b, next + 2) | of
    const seq = be32(b, next + 4)
    const ack = be32(b, next + 8)
    let attempt: number
    if ((flags & 4) !== 0) {
      attempt = flags & 0x10 ? this.attempts.reset(dst, dport, (ack - 1) | 0, true) : -1
      if (attempt < 0) attempt = this.attempts.reset(src, sport, (seq - 1) | 0, false)
    } else if ((flags & 0x10) === 0) attempt = this.attempts.syn(src, sport, seq, dst, dport)
    else attempt = this.attempts.synAck(dst, dport, (ack - 1) | 0, src, sport)
    if (attempt === 0) return NOTHING
    this.place.attempt = attempt
    return this.at(attempt < 0 ? STRAY : ATTEMPT, p, next)
  }

  private keep(
    what: number,
    b: Uint8Array,
    at: number,
    kept: number,
    length: number,
    link: number,
    port: number,
    high: number,
    low: number,
    extra = 0,
  ): void {
    if (what === SHORT) {
      this.short += 1
      return
    }
    const { place } = this
    if (what === ATTEMPT) {
      this.attempts.keep(place.attempt, this.heads.take(this.frames, b, at, kept, length, link, port, high, low))
      return
    }
    const end = at + kept
    const clock = this.ports[port]?.clock ?? MICROSECONDS
    // Interface, direction, MACs and tags: the same words from another place are another statement.
    const network = what === ARPS ? extra : what === OTHER ? at : place.outer
    const point = what === OTHER ? link : hashBytes(b, at, network, port)
    let kind: Kind
    let n: number
    if (what === ARPS) {
      kind = this.arp
      n = kind.wants(
        point,
        hashBytes(b, extra + 6, extra + 18, 0),
        hashBytes(b, extra + 18, extra + 28, 0),
        high,
        low,
        clock,
      )
    } else if (what === OTHER) {
      kind = this.others
      n = kind.wants(1, extra, link, high, low, clock)
    } else {
      const v6 = (b[place.ip] as number) >> 4 === 6
      const ends = hashBytes(b, place.ip + (v6 ? 7 : 12), place.next, v6 ? 0 : (b[place.ip + 8] as number))
      if (what === VRRPS) {
        kind = this.vrrp
        const stop = end > place.next + 2 && b[place.next + 2] === 0
        n = kind.wants(
          point,
          ends,
          hashBytes(b, place.next, Math.min(end, place.next + 240), 0),
          high,
          low,
          clock,
          stop ? 0 : VRRP.silence * intervalOf(b, place.next, end),
        )
      } else if (what === ICMP) {
        kind = this.errors
        const type = b[place.next] as number
        if (isTalk(type, v6)) {
          kind = this.others
          n = kind.wants(2, type, v6 ? 6 : 4, high, low, clock)
        } else n = kind.wants(point, ends, subjectOf(b, place.next, end, v6), high, low, clock)
      } else if (what === STRAY) {
        kind = this.strays
        n = kind.wants(be32(b, place.next), v4(b, place.ip), b[place.next + 13] as number, high, low, clock)
      } else if (what === VOICE) {
        kind = this.strays
        n = kind.wants(3, be32(b, place.next), this.frames, high, low, clock)
      } else {
        kind = this.others
        n = kind.wants(what, v4(b, place.ip), b[place.ip + 9] as number, high, low, clock)
      }
    }
    if (n === 0) return
    const slot = this.heads.take(this.frames, b, at, kept, length, link, port, high, low)
    kind.show(n, slot)
    if (slot !== 0) this.shown.push(slot)
  }
}

const NOTHING = 0
const SHORT = 1
const ARPS = 2
const VRRPS = 3
const ICMP = 4
const ATTEMPT = 5
const STRAY = 6
const VOICE = 7
const FRAGMENT = 8
const OTHER_IP = 9
const OTHER = 10

/** Bytes before the IP header of links without an Ethernet type; negative: not known. */
function bareHeader(link: number): number {
  if (link === 12 || link === 14 || link === 101 || link === 228 || link === 229) return 0
  return link === 0 || link === 108 ? 4 : -1
}

/** IPv6 addresses are known by a number made of them: a bit above the port keeps the families apart. */
function family(b: Uint8Array, p: number): number {
  return (b[p] as number) >> 4 === 6 ? 0x1_0000 : 0
}

/** Source and destination of either family as one number. */
function v4(b: Uint8Array, p: number): number {
  return (b[p] as number) >> 4 === 6 ? hashBytes(b, p + 8, p + 40, 0) : hashBytes(b, p + 12, p + 20, 0)
}

/** Seconds between two adverts, as the advert says. */
function intervalOf(b: Uint8Array, p: number, end: number): number {
  if (p + 8 > end) return 1
  const v3 = (b[p] as number) >> 4 === 3
  return (v3 ? (be16(b, p + 4) & 0x0fff) / 100 : (b[p + 5] as number)) || 1
}

/** Echo, router and neighbour messages: no errors. */
function isTalk(type: number, v6: boolean): boolean {
  return v6 ? type >= 128 && type !== 137 : type === 0 || type === 8 || (type >= 9 && type !== 11 && type !== 12)
}

/** Type, code, the MTU or gateway, and whom the packet was for that the error is about. */
function subjectOf(b: Uint8Array, p: number, end: number, v6: boolean): number {
  const quoted = p + 8
  const head = hashBytes(b, p, p + 2, 0) ^ hashBytes(b, p + 4, Math.min(end, p + 8), 7)
  const about = v6 ? [quoted + 24, quoted + 40] : [quoted + 16, quoted + 20]
  return (about[1] as number) <= end ? head ^ hashBytes(b, about[0] as number, about[1] as number, 9) : head
}
