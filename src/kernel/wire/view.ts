/** A capture summed up for the eye: masters over time, owners of addresses, servers with their answers, events. */
import type { Capture } from '../../model/facts.ts'
import type { WireEvent, WireMaster, WireOwner, WireServer, WireView } from '../../model/wire.ts'
import { arpOwners, type MacSeen } from './arp-owners.ts'
import { type Connection, connections } from './connections.ts'
import { icmpMeaning } from './icmp.ts'
import { loops } from './loops.ts'
import { masters } from './masters.ts'
import { foldSightings } from './sightings.ts'
import { takeovers } from './takeovers.ts'
import { vantage } from './vantage.ts'

/** Rows of each picture: a capture of a whole network must not bury the verdict. */
const ROWS = 12

export function wireView(host: string, capture: Capture): WireView {
  const { from = null, to = null } = vantage(capture)
  return {
    host,
    from,
    to,
    masters: mastersOf(capture).slice(0, ROWS),
    owners: ownersOf(capture).slice(0, ROWS),
    servers: serversOf(capture).slice(0, ROWS),
    events: eventsOf(capture).slice(0, 2 * ROWS),
  }
}

function mastersOf(capture: Capture): readonly WireMaster[] {
  return masters(capture).flatMap(({ vrid, sources }) =>
    sources.map(({ ip, macs, priorities, count, vips, spans }) => ({
      vrid,
      ip,
      macs,
      priorities,
      adverts: count,
      vips: [...new Set(vips.flatMap((list) => list.split(' ')))],
      active: spans,
    })),
  )
}

/** Addresses that more than one says something about come first, then the most frequent. */
function ownersOf(capture: Capture): readonly WireOwner[] {
  const rows = arpOwners(capture).flatMap(({ ip, answered, announced, used }) => {
    const of = (says: WireOwner['says'], seen: readonly MacSeen[]) =>
      seen.map(({ mac, cites }) => ({ ip, mac: mac ?? null, says, count: cites.length }))
    // Everybody asks as himself; only who also holds or contests an address is worth a row.
    const told = [...of('answers', answered), ...of('announces', announced)]
    const rivals = new Set([...told, ...of('asks-as', used)].map(({ mac }) => mac)).size
    return told.length > 0 || rivals > 1 ? [{ rivals, rows: [...told, ...of('asks-as', used)] }] : []
  })
  return rows.sort((a, b) => b.rivals - a.rivals).flatMap(({ rows: own }) => own)
}

function serversOf(capture: Capture): readonly WireServer[] {
  const groups = new Map<string, Connection[]>()
  for (const one of connections(capture)) {
    const key = `${one.server.ip}:${one.server.port}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [one])
    else known.push(one)
  }
  const counted = new Map((capture.asked ?? []).map((one) => [`${one.ip}:${one.port}`, one]))
  const rows = [...groups].map(([server, all]): WireServer => {
    const whole = counted.get(server)
    const refused = all.filter(
      ({ resets, synAcks }) => synAcks.length === 0 && resets.some(({ by }) => by === 'server'),
    )
    return {
      server,
      attempts: whole?.attempts ?? all.length,
      answered: whole?.answered ?? all.filter(({ synAcks }) => synAcks.length > 0).length,
      refused: whole?.refused ?? refused.length,
      roundTrip: roundTrip(all),
    }
  })
  return rows.sort((a, b) => b.attempts - a.attempts)
}

function roundTrip(all: readonly Connection[]): WireServer['roundTrip'] {
  const times = all
    .flatMap(({ syns: [{ time: asked }], synAcks: [first] }) => {
      const heard = first?.sightings[0].time
      return asked === undefined || heard === undefined || heard < asked ? [] : [micros(heard - asked)]
    })
    .sort((a, b) => a - b)
  const [least, median, most] = [times[0], times[Math.floor(times.length / 2)], times.at(-1)]
  return least === undefined || median === undefined || most === undefined ? null : { least, median, most }
}

function micros(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

function eventsOf(capture: Capture): readonly WireEvent[] {
  const events: WireEvent[] = []
  for (const { vrid, before, after, time } of takeovers(capture)) {
    const last = before.lastTime
    const gap = last === undefined ? '' : `, ${(time - last).toFixed(2)} s after the last advert of ${before.ip}`
    events.push({ time, what: `VRID ${vrid}: ${after.ip} takes over${gap}` })
  }
  const told = new Set<string>()
  for (const { packet, sightings } of foldSightings(capture)) {
    const what = wordsOf(packet)
    if (what === undefined || told.has(what)) continue
    told.add(what)
    events.push({ time: sightings[0].time ?? null, what })
  }
  for (const { packet, sightings } of loops(capture))
    events.push({
      time: packet.time ?? null,
      what: `a packet for ${packet.dst}:${packet.dport} passes ${sightings} times`,
    })
  return events.sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
}

/** Said of the first of its kind; undefined for what is no event. */
function wordsOf(packet: Capture['packets'][number]): string | undefined {
  if (packet.kind === 'vrrp')
    return packet.priority === 0
      ? `VRID ${packet.vrid}: ${packet.src} stops (priority 0)`
      : `VRID ${packet.vrid}: first advert of ${packet.src}`
  if (packet.kind === 'arp' && packet.target === packet.sender)
    return `${packet.srcMac ?? 'somebody'} announces ${packet.sender}`
  if (packet.kind === 'icmp' && icmpMeaning(packet) !== 'other')
    return `ICMP ${packet.src} to ${packet.dst}: ${packet.text}`
  return undefined
}
