/** From the director to one real server, and up to its listener. */
import type { FilterPacket } from '../kernel/filter.ts'
import { sentOn } from '../kernel/ipvs-sent.ts'
import type { Host, ServiceServer } from '../model/case.ts'
import { across } from './across.ts'
import { circles } from './circles.ts'
import { serverLine } from './director.ts'
import { hasAddress, hearing, localOf } from './hosts.ts'
import { listener } from './listener.ts'
import { unpack } from './tunnel.ts'
import type { Walk } from './walk.ts'

export interface ToServer {
  readonly director: Host
  readonly server: ServiceServer
  readonly packet: FilterPacket
}

/** True: the application got it. `host` undefined: nothing of the real server was seen. */
export function toServer(walk: Walk, host: Host | undefined, { director, server, packet }: ToServer): boolean {
  if (host === director || hasAddress(director, server.ip)) return onDirector(walk, director, packet)
  const sent = sentOn(director, server, packet)
  const landed = across(walk, director, { packet: sent, to: server.ip }, [])
  if (landed.is === 'taken' && server.mode === 'DR') return offLink(walk, landed.by, server)
  if (landed.is === 'lost') return false
  const routed = landed.is === 'link' && (landed.gateway !== undefined || landed.from !== director)
  if (routed && server.mode === 'DR') return offLink(walk, landed.from ?? director, server)
  if (host === undefined) {
    const assumed = [`the real server ${server.ip} takes it and answers (no evidence of it was given)`]
    return walk.say({
      step: 'real-server',
      text: `${server.ip} (${server.mode})`,
      cites: [serverLine(server)],
      assumed,
    })
  }
  const dev = hearing(host, server.ip)?.name
  const arriving = { ...received(sent, dev), ...localOf(host) }
  if (server.mode === 'TUN') return unpack(walk, host, { outer: arriving, inner: packet, dev, director })
  return arrive(walk, host, { packet: arriving, dev, director })
}

export interface Arriving {
  readonly packet: FilterPacket
  readonly dev: string | undefined
  /** Who balanced it to here; left out: nobody did. */
  readonly director?: Host
  readonly tunnelled?: true
}

/** The packet as a host takes it in for itself: reverse path, filter, address, IPVS of its own, listener. */
export function arrive(walk: Walk, host: Host, { packet, dev, director, tunnelled }: Arriving): boolean {
  const { src = '', dst = '' } = packet
  if (!walk.reverse(host, { src, dst, in: dev })) return false
  const answer = walk.filter(host, packet, 'input')
  if (answer === undefined) return false
  const seen = answer.after ?? packet
  if (!ownAddress(walk, host, seen.dst)) return false
  const mark = answer.mark === undefined ? {} : { mark: answer.mark }
  if (director && circles(walk, host, { director, packet: { ...seen, ...mark }, mode: tunnelled ? 'TUN' : 'DR' }))
    return false
  return listener(walk, host, seen)
}

/** The kernel takes a packet in only where its destination is local (or table nat makes it so). */
function ownAddress(walk: Walk, host: Host, dst: string | undefined): boolean {
  const { links } = host.facts
  const step = 'address'
  if (dst === undefined) return true
  if (links.state === 'missing')
    return walk.say({ step, host, text: 'its addresses were not given', assumed: [`${host.id} has ${dst}`] })
  const at = links.value.links.flatMap(({ addresses }) => addresses.filter(({ ip }) => ip === dst).map((one) => one.at))
  if (at.length > 0) return walk.say({ step, host, text: `${dst} is its address`, cites: at })
  if (links.whole)
    return walk.say({ step, host, verdict: 'drop', text: `${dst} is not an address of it`, cites: links.from })
  return walk.say({
    step,
    host,
    text: `${dst} is not listed`,
    assumed: [`${host.id} has ${dst}: its addresses were not all shown`],
  })
}

/** DR changes nothing but the MAC: a router on the way sends the packet to the VIP again. */
function offLink(walk: Walk, host: Host, { ip }: ServiceServer): boolean {
  const text = `${ip} is behind a router: it routes the packet by its destination, back to the VIP`
  return walk.say({ step: 'on-link', host, verdict: 'drop', text })
}

function onDirector(walk: Walk, director: Host, packet: FilterPacket): boolean {
  walk.say({ step: 'local', host: director, text: 'is a real server of its own service' })
  return listener(walk, director, packet)
}

/** On the receiving side it is the first packet of its connection, and unmarked. */
function received({ ctstate: _, ...packet }: FilterPacket, dev: string | undefined): FilterPacket {
  return { ...packet, ctstate: 'NEW', mark: 0, ...(dev === undefined ? { notIn: ['lo'] } : { in: dev }) }
}
