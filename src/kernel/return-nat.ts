/** Does an answer from the VIP keep its source address on the way to the client? */
import type { Host } from '../model/case.ts'
import type { Cite, HostId, NonEmpty } from '../model/evidence.ts'
import { inetAddresses } from './route-source.ts'
import { leavingBy, sourceNat } from './source-nat.ts'
import { ownerOf, sameRouter } from './uplinks.ts'
import { wayBack } from './way-back.ts'
import { type Connection, connections } from './wire/connections.ts'

export type ReturnNat =
  /** Also where there is no way at all: `cites` is then empty. */
  | { readonly is: 'kept'; readonly cites: readonly Cite[] }
  | {
      readonly is: 'changed'
      readonly how: 'hypervisor-nat' | 'router-nat' | 'seen-changed'
      readonly via?: string
      readonly router?: string
      /** Address the answer came from. */
      readonly as?: string
      readonly cites: NonEmpty<Cite>
    }
  | { readonly is: 'rules-unseen'; readonly ask: readonly string[] }
  | {
      readonly is: 'gateway-unseen'
      readonly via: string
      readonly ask: readonly string[]
      readonly cites: NonEmpty<Cite>
    }

interface AnswerTo {
  readonly directors: readonly HostId[]
  readonly vip: string
  readonly client: string
  readonly port?: number
  /** Addresses at which directors reach the real servers. */
  readonly pool?: readonly string[]
}

/** Packets decide where both ends were captured; else what is known of the gateway. */
export function returnNat(host: Host, hosts: readonly Host[], answer: AnswerTo): ReturnNat {
  const { vip, client, port, directors } = answer
  const wire = fromPackets(host, hosts, answer)
  if (wire) return wire
  const way = wayBack(host.facts, { src: vip, dst: client })
  if (way.is === 'unknown') return { is: 'rules-unseen', ask: way.ask }
  const { via, dev, at } = way.routed
  if (via === undefined || at === undefined) return { is: 'kept', cites: at === undefined ? [] : [at] }
  const hypervisor = natOfHypervisor(host, hosts, { via, dev }, answer)
  if (hypervisor) return { is: 'changed', how: 'hypervisor-nat', via, cites: [at, hypervisor] }
  const asked = requestGateway(hosts, directors, { vip, client })
  const same = asked === undefined ? 'unknown' : asked.via === undefined ? 'no' : sameRouter(asked.via, via, hosts)
  // NAT is decided on the first packet of a connection: a router that passed the request knows the answer and leaves it alone.
  if (asked && same === 'yes') return { is: 'kept', cites: [at, asked.at] }
  const router = ownerOf(via, hosts)
  // The SYN-ACK is INVALID to a router that never saw the SYN; the packets after it begin a connection there (tcp_loose).
  const packet = { protocol: 6, src: vip, dst: client, ctstate: 'NEW', mark: 0 } as const
  const nat =
    router &&
    sourceNat(router.facts, {
      ...packet,
      ...leavingBy(router.facts, client),
      ...(port === undefined ? {} : { sport: port }),
    })
  const cites: NonEmpty<Cite> = nat?.at === undefined ? [at] : [nat.at, at]
  if (router && nat?.is === 'yes' && same === 'no')
    return { is: 'changed', how: 'router-nat', via, router: router.id, cites }
  if (nat?.is === 'no') return { is: 'kept', cites }
  return { is: 'gateway-unseen', via, ask: [`iptables-save -c   # on the gateway ${via}`], cites }
}

/** The gateway by which a director reaches the client, and so by which its requests come; no `via`: straight from the network. */
function requestGateway(
  hosts: readonly Host[],
  directors: readonly HostId[],
  { vip, client }: { readonly vip: string; readonly client: string },
): { readonly via?: string; readonly at: Cite } | undefined {
  for (const { id, facts } of hosts) {
    const way = directors.includes(id) ? wayBack(facts, { src: vip, dst: client }) : undefined
    if (way?.is !== 'known' || way.routed.is !== 'unicast' || way.routed.at === undefined) continue
    const { via, at } = way.routed
    return { at, ...(via === undefined ? {} : { via }) }
  }
  return undefined
}

/** What VirtualBox and QEMU, or the boxes of vagrant, give a guest's card. */
const GUEST_MAC = /^(?:08:00:27|52:54:00):/i

/**
 * VirtualBox and QEMU give the guest 10.0.N.15 and themselves 10.0.N.2 in their NAT network. Nobody else is in that network: one
 * with the VIP, a real server of the pool or another address of a machine here in it is an ordinary network.
 */
function natOfHypervisor(
  { facts }: Host,
  hosts: readonly Host[],
  { via, dev }: { readonly via: string; readonly dev: string | undefined },
  { vip, pool = [] }: AnswerTo,
): Cite | undefined {
  const net = /^(10\.0\.\d{1,3}\.)2$/.exec(via)?.[1]
  if (net === undefined || facts.links.state !== 'known') return undefined
  const link = facts.links.value.links.find(({ name }) => name === dev)
  if (link?.mac !== undefined && !GUEST_MAC.test(link.mac)) return undefined
  const seen = hosts.flatMap(({ facts: { links } }) => (links.state === 'known' ? links.value.links : []))
  const others = seen.flatMap((one) => inetAddresses(one).map(({ ip }) => ip))
  const shared = [vip, ...pool, ...others.filter((ip) => ip !== `${net}15`)].some((ip) => ip.startsWith(net))
  if (shared) return undefined
  return inetAddresses(link).find(({ ip, prefix }) => ip === `${net}15` && prefix === 24)?.at
}

/** A connection whose SYN reached this real server, as the client's own capture saw it answered. */
function fromPackets(host: Host, hosts: readonly Host[], { vip, client }: AnswerTo): ReturnNat | undefined {
  const other = ownerOf(client, hosts)
  const here = attempts(host, vip).filter((one) => one.client.ip === client)
  const there = other ? attempts(other, vip) : []
  for (const { client: end, syns, strangers, synAcks } of there) {
    const taken = here.find((one) => one.client.port === end.port && one.syns[0].seq === syns[0].seq)
    const [stranger] = strangers
    const [synAck] = synAcks
    if (!taken) continue
    const cites = [taken.syns[0].cites[0], syns[0].cites[0]] as const
    if (stranger)
      return { is: 'changed', how: 'seen-changed', as: stranger.packet.src, cites: [stranger.packet.at, ...cites] }
    if (synAck) return { is: 'kept', cites: [synAck.packet.at, ...cites] }
  }
  return undefined
}

function attempts({ facts }: Host, vip: string): readonly Connection[] {
  return facts.capture.state === 'known'
    ? connections(facts.capture.value).filter(({ server }) => server.ip === vip)
    : []
}
