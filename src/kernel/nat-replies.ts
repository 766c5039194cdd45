/** Answers of NAT servers on their way through a director, one for each client that is known. */
import type { ClientAddress, HostFacts } from '../model/case.ts'
import type { Known } from '../model/evidence.ts'
import type { Firewall } from '../model/facts.ts'
import { type Answering, natAnswers } from './filter/nat-answers.ts'
import type { FilterPacket } from './filter/packet.ts'
import { walk } from './filter/walk.ts'
import { ANY_CLIENT, towards } from './towards.ts'

export interface Reply<S> {
  readonly server: S
  readonly answering: Answering
  /** undefined: any client. */
  readonly client?: string
  readonly in?: string
  readonly out?: string
}

/** More clients than this tell no more about a rule set. */
const MOST_CLIENTS = 8

/**
 * Replies to walk through FORWARD. A client on the servers' own side is left out: its answers do not come back this way.
 * Where no client is left, one that lies behind the default route stands for all.
 */
export function natReplies<S>(
  facts: HostFacts,
  servers: readonly S[],
  answersOf: (server: S) => Answering,
  clients: readonly ClientAddress[],
): readonly Reply<S>[] {
  const known = clients.slice(0, MOST_CLIENTS).map(({ ip }) => ({ client: ip, out: towards(facts, ip)?.dev }))
  const anyOut = towards(facts, ANY_CLIENT)?.dev
  return servers.flatMap((server): readonly Reply<S>[] => {
    const answering = answersOf(server)
    const side = towards(facts, answering.ip)?.dev
    const base = { server, answering, ...(side === undefined ? {} : { in: side }) }
    const far = known.filter(({ out }) => out === undefined || out !== side)
    if (far.length === 0) return [{ ...base, ...(anyOut === undefined || anyOut === side ? {} : { out: anyOut }) }]
    return far.map(({ client, out }) => ({ ...base, client, ...(out === undefined ? {} : { out }) }))
  })
}

/** Every way such an answer may look at FORWARD; `conntrack` is net.ipv4.vs.conntrack. */
export function replyPackets(reply: Reply<unknown>, conntrack: number | undefined): readonly FilterPacket[] {
  const { client, answering } = reply
  const where = {
    ...(reply.in === undefined ? { notIn: ['lo'] } : { in: reply.in }),
    ...(reply.out === undefined ? { notOut: ['lo'] } : { out: reply.out }),
  }
  return natAnswers(answering, conntrack).map((packet) => ({
    ...packet,
    ...where,
    ...(client === undefined ? {} : { dst: client }),
  }))
}

/** Would FORWARD let them pass if IPVS kept their connections in connection tracking? */
export function passTracked(firewall: Known<Firewall>, replies: readonly Reply<unknown>[]): boolean {
  return replies.every((reply) =>
    replyPackets(reply, 1).every((packet) => walk(firewall.value, firewall, packet, 'forward').verdict === 'accept'),
  )
}
