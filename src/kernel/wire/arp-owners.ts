/** Who answers, announces and uses an address in ARP. */

import type { Cite, NonEmpty } from '../../model/evidence.ts'
import type { ArpPacket, Capture } from '../../model/facts.ts'
import { oncePer } from './once.ts'

export interface MacSeen {
  /** undefined: the capture was taken without -e, and a request does not name its sender's MAC otherwise. */
  readonly mac?: string
  /** Did the host that captured send it itself? False as well where the capture prints no directions. */
  readonly own: boolean
  readonly cites: NonEmpty<Cite>
}

export interface Asker {
  readonly ip: string
  readonly own: boolean
  readonly cites: NonEmpty<Cite>
  /** Was a reply for the address seen after the first question? A third host does not see unicast replies. */
  readonly answered: boolean
}

export interface ArpOwner {
  readonly ip: string
  /** `is-at` to somebody who asked. */
  readonly answered: readonly MacSeen[]
  /** Gratuitous: who-has X tell X, or a reply to everybody. */
  readonly announced: readonly MacSeen[]
  /** Asked for another address as this one: `who-has Y tell X`. It teaches every listener where X is. */
  readonly used: readonly MacSeen[]
  readonly askedBy: readonly Asker[]
}

const EVERYBODY = 'ff:ff:ff:ff:ff:ff'
/** Sender of a duplicate address probe (RFC 5227): nobody has it. */
const NOBODY = '0.0.0.0'

type Growing = { mac?: string; own: boolean; cites: [Cite, ...Cite[]] }
type GrowingAsker = { ip: string; own: boolean; cites: [Cite, ...Cite[]]; since: number }

class Owner {
  readonly answered = new Map<string, Growing>()
  readonly announced = new Map<string, Growing>()
  readonly used = new Map<string, Growing>()
  readonly askedBy = new Map<string, GrowingAsker>()
  /** Position of the latest reply. */
  replied = -1
}

/** Per address, in order of appearance. A copy of one frame on a second interface adds a cite, no owner. */
export const arpOwners: (capture: Capture) => readonly ArpOwner[] = oncePer(findArpOwners)

function findArpOwners(capture: Capture): readonly ArpOwner[] {
  const owners = new Map<string, Owner>()
  const of = (ip: string): Owner => {
    const known = owners.get(ip) ?? new Owner()
    owners.set(ip, known)
    return known
  }
  for (const [index, packet] of capture.packets.entries()) {
    if (packet.kind !== 'arp') continue
    if (packet.op === 'reply') reply(of(packet.sender), packet, index)
    else if (packet.target === packet.sender) add(of(packet.sender).announced, packet, packet.srcMac)
    else {
      if (packet.sender !== NOBODY) add(of(packet.sender).used, packet, packet.srcMac)
      if (packet.target !== undefined) ask(of(packet.target), packet, index)
    }
  }
  return [...owners].map(([ip, owner]) => ({
    ip,
    answered: [...owner.answered.values()],
    announced: [...owner.announced.values()],
    used: [...owner.used.values()],
    askedBy: [...owner.askedBy.values()].map(({ since, ...asker }) => ({ ...asker, answered: owner.replied > since })),
  }))
}

function reply(owner: Owner, packet: ArpPacket, index: number): void {
  const toAll = packet.dstMac === EVERYBODY || packet.direction === 'broadcast'
  add(toAll ? owner.announced : owner.answered, packet, packet.mac)
  owner.replied = index
}

function add(seen: Map<string, Growing>, { at, direction }: ArpPacket, mac: string | undefined): void {
  const own = direction === 'out'
  const known = seen.get(`${mac} ${own}`)
  if (known === undefined) seen.set(`${mac} ${own}`, { ...(mac === undefined ? {} : { mac }), own, cites: [at] })
  else known.cites.push(at)
}

function ask(owner: Owner, { sender, at, direction }: ArpPacket, index: number): void {
  const known = owner.askedBy.get(sender)
  if (known === undefined)
    owner.askedBy.set(sender, { ip: sender, own: direction === 'out', cites: [at], since: index })
  else {
    known.cites.push(at)
    known.own ||= direction === 'out'
  }
}
