/** TCP connection attempts by client end and initial sequence number: NAT of IPVS changes the destination, never those. */
import type { Heads } from './heads.ts'
import { Servers } from './servers.ts'
import { larger, Table } from './table.ts'

/** Attempts that are followed. Beyond it (a SYN flood) they are counted only. */
const MOST = 1 << 20
/** Sightings of one attempt that are kept; a packet that goes in circles shows it with fewer. */
const SIGHTINGS = 16

const ANSWERED = 1
const PLAIN = 2

export class Attempts {
  readonly servers = new Servers()
  private readonly table = new Table(MOST)
  private server = new Int32Array(512)
  private other = new Int32Array(512)
  private head = new Int32Array(512)
  private tail = new Int32Array(512)
  private state = new Uint8Array(512)
  private kept = new Uint8Array(512)
  /** SYNs that found no room. */
  leftOut = 0

  constructor(private readonly heads: Heads) {}

  get count(): number {
    return this.table.count
  }

  /** A SYN. Returns the attempt when its bytes shall be kept, or 0. */
  syn(client: number, port: number, seq: number, to: number, toPort: number): number {
    let n = this.table.find(client, port, seq)
    if (n === 0) {
      n = this.table.add(client, port, seq)
      const server = this.servers.of(to, toPort)
      this.servers.asked(server)
      if (n === 0) {
        this.leftOut += 1
        return 0
      }
      this.room(n)
      this.server[n] = server
      this.other[n] = server
      if (!this.servers.keepAnother(server)) this.state[n] = PLAIN
    } else if (!this.servers.is(this.server[n] as number, to, toPort)) this.other[n] = this.servers.of(to, toPort)
    return this.wanted(n)
  }

  /** A SYN-ACK: `to` is the client. 0 where nobody is known to have asked: -1, so that it can be told apart. */
  synAck(client: number, port: number, seq: number, from: number, fromPort: number): number {
    const n = this.table.find(client, port, seq)
    if (n === 0) return -1
    const known = this.fits(n, from, fromPort)
    this.answer(n, known)
    return this.wanted(n)
  }

  /** A reset by or to the client. -1: it belongs to no attempt that is followed. */
  reset(client: number, port: number, seq: number, byServer: boolean): number {
    const n = this.table.find(client, port, seq)
    if (n === 0) return -1
    if (byServer) this.refuse(n)
    return this.wanted(n)
  }

  keep(n: number, slot: number): void {
    if (slot === 0) {
      this.leftOut += 1
      return
    }
    const tail = this.tail[n] as number
    if (tail === 0) this.head[n] = slot
    else this.heads.link(tail, slot)
    this.tail[n] = slot
    this.kept[n] = (this.kept[n] as number) + 1
  }

  /** First slot of every attempt with something kept. */
  *chains(): Generator<number> {
    for (let n = 1; n <= this.table.count; n += 1) if (this.head[n] !== 0) yield this.head[n] as number
  }

  private fits(n: number, ip: number, port: number): boolean {
    return this.servers.is(this.server[n] as number, ip, port) || this.servers.is(this.other[n] as number, ip, port)
  }

  private wanted(n: number): number {
    return this.state[n] !== undefined && (this.state[n] as number) & PLAIN
      ? 0
      : (this.kept[n] as number) < SIGHTINGS
        ? n
        : 0
  }

  /** The first answer decides: an ordinary one, of which enough are shown, makes the attempt forgotten. */
  private answer(n: number, ordinary: boolean): void {
    if ((this.state[n] as number) & ANSWERED) return
    const server = this.server[n] as number
    this.servers.answered(server)
    this.settle(n, server, ordinary ? this.servers.showOrdinary(server) : this.servers.showOdd(server))
  }

  private refuse(n: number): void {
    if ((this.state[n] as number) & ANSWERED) return
    const server = this.server[n] as number
    this.servers.refused(server)
    this.settle(n, server, this.servers.showOdd(server))
  }

  private settle(n: number, server: number, show: boolean): void {
    const plain = ((this.state[n] as number) & PLAIN) !== 0
    this.state[n] = ANSWERED | (show && !plain ? 0 : PLAIN)
    if (!plain) this.servers.keepFewer(server)
    if (show || this.head[n] === 0) return
    this.heads.release(this.head[n] as number)
    this.head[n] = 0
    this.tail[n] = 0
  }

  private room(n: number): void {
    if (n < this.server.length) return
    const length = this.server.length * 2
    this.server = larger(this.server, length)
    this.other = larger(this.other, length)
    this.head = larger(this.head, length)
    this.tail = larger(this.tail, length)
    const state = new Uint8Array(length)
    state.set(this.state)
    this.state = state
    const kept = new Uint8Array(length)
    kept.set(this.kept)
    this.kept = kept
  }
}
