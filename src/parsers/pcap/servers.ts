/** Whom clients ask: per address and port, how many attempts there were and what became of them. */
import { Table } from './table.ts'

const MOST = 4096
/** Connections shown of a server that answers, and that refuses or is answered for by another. */
const ORDINARY = 3
const ODD = 60
/** Attempts without an answer so far whose packets are kept, per server. */
const OPEN = 512
/** Segments shown of each server, as proof that it talks. */
const VOICE = 2

export interface ServerCount {
  readonly ip: number
  readonly port: number
  readonly asked: number
  readonly answered: number
  readonly refused: number
}

export class Servers {
  private readonly table = new Table(MOST)
  /** asked, answered, refused, open, ordinary shown, odd shown, heard */
  private readonly facts = new Int32Array((MOST + 1) * FACTS)

  /** Ports that somebody was asked at: most segments need no further look. */
  private readonly ports = new Uint8Array(0x2_0000)

  /** Its number; 0 for all beyond the limit, which share one. */
  of(ip: number, port: number): number {
    const known = this.table.find(ip, port, 0)
    if (known !== 0) return known
    this.ports[port] = 1
    return this.table.add(ip, port, 0)
  }

  is(n: number, ip: number, port: number): boolean {
    return n !== 0 && this.table.key(n, 0) === ip && this.table.key(n, 1) === port
  }

  asked(n: number): void {
    this.plus(n, 0)
  }

  answered(n: number): void {
    this.plus(n, 1)
  }

  refused(n: number): void {
    this.plus(n, 2)
  }

  keepAnother(n: number): boolean {
    if (this.at(n, 3) >= OPEN) return false
    this.plus(n, 3)
    return true
  }

  keepFewer(n: number): void {
    const at = n * FACTS + 3
    this.facts[at] = (this.facts[at] as number) - 1
  }

  showOrdinary(n: number): boolean {
    return this.plus(n, 4) <= ORDINARY
  }

  showOdd(n: number): boolean {
    return this.plus(n, 5) <= ODD
  }

  /** A segment with data. Is it one of the first of a server that somebody asked? */
  voice(ip: number, port: number): boolean {
    if (this.ports[port] === 0) return false
    const n = this.table.find(ip, port, 0)
    return n !== 0 && this.at(n, 6) < VOICE && this.plus(n, 6) > 0
  }

  *counts(): Generator<ServerCount> {
    for (let n = 1; n <= this.table.count; n += 1) {
      const [ip, port] = [this.table.key(n, 0), this.table.key(n, 1)]
      const asked = this.at(n, 0)
      if (asked > 0) yield { ip, port, asked, answered: this.at(n, 1), refused: this.at(n, 2) }
    }
  }

  private at(n: number, which: number): number {
    return this.facts[n * FACTS + which] as number
  }

  private plus(n: number, which: number): number {
    const at = n * FACTS + which
    const value = (this.facts[at] as number) + 1
    this.facts[at] = value
    return value
  }
}

const FACTS = 7
