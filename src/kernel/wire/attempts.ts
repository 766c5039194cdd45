/** Connection attempts as a capture tells them: answered or not, and whether the silence can be believed. */
import type { Cite, Known } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'
import { type Connection, connections } from './connections.ts'
import { icmpMeaning } from './icmp.ts'
import { vantage } from './vantage.ts'

export interface Attempt {
  /** Equal for one attempt wherever it was seen: NAT of IPVS changes the destination, never the initial sequence number. */
  readonly key: string
  /** `192.168.10.100:80`, the port by name where the capture prints one. */
  readonly server: string
  readonly connection: Connection
  /** By a SYN-ACK, from whomever, a reset or an ICMP error: somebody heard it and said so. */
  readonly answered: boolean
}

function attemptsOf(capture: Capture): readonly Attempt[] {
  const expired = expiries(capture)
  return connections(capture).map((connection) => {
    const { client, server, syns, synAcks, strangers, resets, icmp } = connection
    const answered =
      synAcks.length + strangers.length + icmp.length > 0 ||
      resets.some(({ by }) => by === 'server') ||
      expired.has(`${server.ip} ${client.ip}`)
    const key = `${client.ip} ${client.port} ${syns[0].seq ?? `${server.ip} ${server.port}`}`
    return { key, server: `${server.ip}:${server.port}`, connection, answered }
  })
}

/** Without -v a `time exceeded` does not say about which packet; sent by the server itself it is about its own. */
function expiries({ packets }: Capture): ReadonlySet<string> {
  return new Set(
    packets.flatMap((packet) =>
      packet.kind === 'icmp' && icmpMeaning(packet) === 'time-exceeded' ? [`${packet.src} ${packet.dst}`] : [],
    ),
  )
}

/** Servers of which every attempt in the capture was answered. */
function answeringServers(capture: Capture): ReadonlySet<string> {
  const attempts = attemptsOf(capture)
  const silent = new Set(attempts.flatMap(({ answered, server }) => (answered ? [] : server)))
  return new Set(attempts.map(({ server }) => server).filter((server) => !silent.has(server)))
}

/** How a host stands to a connection. */
export interface Standing {
  /** Watching one interface is watching all: the host has no other, or the client itself asks again and so has heard nothing. */
  readonly oneWay: boolean
}

export type Witnessed<S> = Attempt &
  S & {
    readonly at: Cite
    /** Why its silence tells nothing; undefined: it does. */
    readonly why: string | undefined
  }

/**
 * Attempts over all looks of one host, `place` says how it stands to each (undefined: not asked for). Earlier looks that a change
 * of state parts from the latest are left out for servers that answer everybody by now.
 */
export function witnessed<S extends Standing>(
  latest: Known<Capture>,
  comparable: (look: Known<Capture>) => boolean,
  place: (connection: Connection) => S | undefined,
): readonly Witnessed<S>[] {
  return [...latest.earlier, latest].flatMap((look) => {
    const healed = comparable(look) ? undefined : answeringServers(latest.value)
    const silence = silenceOf(look)
    return attemptsOf(look.value).flatMap((attempt) => {
      const standing = healed?.has(attempt.server) ? undefined : place(attempt.connection)
      if (standing === undefined) return []
      const why = silence(attempt.connection, standing.oneWay)
      return [{ ...attempt, ...standing, at: attempt.connection.syns[0].cites[0], why }]
    })
  })
}

/** A SYN is sent again after a second (RFC 6298); a server that has not answered by then will not. */
const PATIENCE = 1

/** Asked of one look: why does the silence after an attempt say nothing? undefined: it does. */
function silenceOf(look: Known<Capture>): (connection: Connection, oneWay: boolean) => string | undefined {
  const { value: capture } = look
  const { lossy, filterHidesReplies, everyInterface, to } = vantage(capture)
  const senders = new Set(capture.packets.flatMap((packet) => (packet.kind === 'tcp' ? packet.src : [])))
  const byItself = stopsByItself(capture)
  return ({ syns, server }, oneWay) => {
    const answers = senders.has(server.ip)
    if (look.unread.length > 0) return 'some lines of the capture were not understood'
    if (lossy) return 'the kernel dropped packets while it captured'
    if (filterHidesReplies === true) return 'the filter of the capture may leave answers out'
    if (filterHidesReplies === 'unknown' && !answers) return 'how the capture was taken is not known'
    if (everyInterface !== true && !oneWay) return 'the capture watched one interface, an answer may leave by another'
    const [{ time: asked }] = syns
    const waited = asked === undefined || to === undefined ? syns.length > 1 : to - asked >= PATIENCE
    // Without the statistics at its end a capture may have been cut anywhere.
    const ended = look.whole && capture.captured !== undefined
    return waited || (!byItself && (ended || !answers)) ? undefined : 'the capture ends too soon after it'
  }
}

const COUNT = /\s-[a-zA-Z]*c\s*(\d{1,9})\b/
const CUTS = /\btimeout\s|\|\s*head\b/

/** Ended by `-c N` or a timer, and so perhaps right before the answer. By hand it is ended when nothing more comes. */
function stopsByItself({ command = '', captured, packets }: Capture): boolean {
  const count = COUNT.exec(command)?.[1]
  return CUTS.test(command) || (count !== undefined && (captured ?? packets.length) >= Number(count))
}
