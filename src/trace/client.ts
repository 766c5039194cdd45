/** The two ends of the way at the client: sending the request and taking the answer. */
import type { FilterPacket } from '../kernel/filter.ts'
import { inetAddresses } from '../kernel/route-source.ts'
import { inCidr } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Link } from '../model/facts.ts'
import { isBroadcastLink } from '../topology/addresses.ts'
import { across, type Landed } from './across.ts'
import { hearing, localOf, ownersOf } from './hosts.ts'
import type { Walk } from './walk.ts'

/** To the VIP's link. undefined: it does not get there. */
export function fromClient(walk: Walk, packet: FilterPacket): Landed | undefined {
  const { src = '' } = packet
  const [host, ...more] = ownersOf(src, walk.kase.hosts)
  if (host === undefined || more.length > 0) {
    walk.say({
      step: 'client',
      text: `${src}: no evidence of it was given`,
      assumed: [`packets of ${src} reach the link of the VIP`],
    })
    return { is: 'link', from: undefined }
  }
  const landed = across(walk, host, { packet }, [])
  return landed.is === 'lost' ? undefined : landed
}

/** The answer at the client: does it believe the source there, and does its filter let it in? */
export function atClient(walk: Walk, landed: Landed, packet: FilterPacket): boolean {
  const { src = '', dst = '' } = packet
  const [host, ...more] = ownersOf(dst, walk.kase.hosts)
  if (host === undefined || more.length > 0)
    return walk.say({
      step: 'client',
      text: `${dst} gets the answer`,
      assumed: [`${dst} takes the answer (no evidence of it was given)`],
    })
  const here = landed.is === 'taken' && landed.by === host ? landed.dev : linkBetween(host, landed)?.name
  const dev = here ?? hearing(host, dst)?.name
  if (!walk.reverse(host, { src, dst, in: dev })) return false
  const { in: _in, out: _out, local: _local, ...rest } = packet
  const packetHere = { ...rest, ...(dev === undefined ? { notIn: ['lo'] } : { in: dev }), ...localOf(host) }
  if (walk.filter(host, packetHere, 'input') === undefined) return false
  return walk.say({ step: 'client', host, text: 'gets the answer' })
}

/** The interface of the client in the network that the last sender put the packet on. */
function linkBetween(client: Host, landed: Landed): Link | undefined {
  if (landed.is !== 'link' || landed.gateway !== undefined || landed.dev === undefined) return undefined
  const links = landed.from?.facts.links
  const own = client.facts.links
  if (links?.state !== 'known' || own.state !== 'known') return undefined
  const nets = inetAddresses(links.value.links.find(({ name }) => name === landed.dev)).filter(
    ({ prefix }) => prefix < 32,
  )
  return own.value.links
    .filter(isBroadcastLink)
    .find((link) => inetAddresses(link).some(({ ip }) => nets.some((net) => inCidr(ip, `${net.ip}/${net.prefix}`))))
}
