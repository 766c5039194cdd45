/** A capture to text: the packets worth a line, in order, and what became of the rest. */
import { decode } from './decode.ts'
import type { Losses } from './losses.ts'
import { clock, printFrame } from './print.ts'
import type { Port } from './sink.ts'
import { ip4Of } from './text.ts'
import { MICROSECONDS, momentOf } from './ticks.ts'
import type { Watch } from './watch.ts'

/** Attempts are shown whole, the first ones first, until so many lines. */
const ATTEMPT_LINES = 500
/** Servers whose counts are told. */
const SERVERS = 64

export interface Listing {
  readonly lines: readonly string[]
  /** Nothing is missing but repetitions that are counted. */
  readonly whole: boolean
  /** What could not be read, in words. */
  readonly lost: readonly string[]
}

/** Names of link types as tcpdump writes them. */
const LINKS: Readonly<Record<number, string>> = {
  0: 'NULL (BSD loopback)',
  1: 'EN10MB (Ethernet)',
  12: 'RAW (Raw IP)',
  14: 'RAW (Raw IP)',
  101: 'RAW (Raw IP)',
  108: 'LOOP (OpenBSD loopback)',
  113: 'LINUX_SLL (Linux cooked v1)',
  228: 'IPV4 (Raw IPv4)',
  229: 'IPV6 (Raw IPv6)',
  276: 'LINUX_SLL2 (Linux cooked v2)',
}

export interface ListingOptions {
  readonly name: string
  /** Interfaces of the machine that captured, by number. */
  readonly devices?: ReadonlyMap<number, string>
  /** Packets that were lost while capturing, where it is known. */
  readonly dropped?: number
  /** What went wrong while capturing. */
  readonly troubles?: readonly string[]
}

export function listing(watch: Watch, ports: readonly Port[], losses: Losses, options: ListingOptions): Listing {
  const head = header(watch, ports, options.name)
  const { slots, hidden } = chosen(watch)
  const lines = slots.map((slot) => line(watch, ports, slot, options.devices))
  const left = leftOut(watch, hidden)
  const lost = [...lossWords(losses, watch), ...(options.troubles ?? [])]
  const dropped = options.dropped ?? losses.dropped
  return {
    lost,
    lines: [
      ...head,
      ...lines,
      ...counts(watch),
      ...left,
      ...lost.map((what) => `lvsdoctor: lost: ${what}`),
      `${watch.frames} packets captured`,
      ...(dropped === undefined ? [] : [`${dropped} packets dropped by kernel`]),
    ],
    whole: left.length === 0 && lost.length === 0,
  }
}

function header(watch: Watch, ports: readonly Port[], name: string): string[] {
  const kinds = [...new Set(ports.map(({ link }) => LINKS[link] ?? `${link}`))]
  const { first, last } = watch
  const from =
    first === undefined || last === undefined
      ? []
      : [first, last].map(([high, low, port]) => clock(momentOf(high, low, ports[port]?.clock ?? MICROSECONDS)))
  return [
    `reading from file ${name}, link-type ${kinds[0] ?? 'unknown'}${kinds.length > 1 ? ' and others' : ''}`,
    ...(from.length === 0 ? [] : [`lvsdoctor: packets from ${from[0]} to ${from[1]} UTC`]),
  ]
}

function chosen(watch: Watch): { readonly slots: readonly number[]; readonly hidden: number } {
  const slots = [...watch.shown]
  let hidden = 0
  let room = ATTEMPT_LINES
  for (const first of watch.attempts.chains()) {
    let length = 0
    for (let slot = first; slot !== 0; slot = watch.heads.next(slot)) length += 1
    if (length > room) {
      hidden += 1
      continue
    }
    room -= length
    for (let slot = first; slot !== 0; slot = watch.heads.next(slot)) slots.push(slot)
  }
  return { slots: slots.sort((a, b) => watch.heads.number(a) - watch.heads.number(b)), hidden }
}

function line(watch: Watch, ports: readonly Port[], slot: number, devices: ListingOptions['devices']): string {
  const head = watch.heads.read(slot, (port) => ports[port]?.clock ?? MICROSECONDS)
  const frame = decode(head.bytes, head.link)
  const name = frame.link.index === undefined ? ports[head.port]?.name : devices?.get(frame.link.index)
  return printFrame(frame, {
    number: head.number,
    at: head.at,
    length: head.length,
    ...(name === undefined ? {} : { port: name }),
    again: head.again,
    until: head.until,
  })
}

/** IPv4 servers only: of the others no address is kept. */
function counts(watch: Watch): string[] {
  const all = [...watch.attempts.servers.counts()]
    .filter(({ asked, port }) => asked > 1 && port <= 0xffff)
    .sort((a, b) => b.asked - a.asked)
  return all
    .slice(0, SERVERS)
    .map(
      ({ ip, port, asked, answered, refused }) =>
        `lvsdoctor: ${ip4Of(ip >>> 0)}:${port} was asked for ${asked} connections, ${answered} answered, ${refused} refused`,
    )
}

function leftOut(watch: Watch, hidden: number): string[] {
  const parts = [
    [watch.vrrp.leftOut, 'adverts'],
    [watch.arp.leftOut, 'ARP packets'],
    [watch.errors.leftOut, 'ICMP errors'],
    [watch.attempts.leftOut, 'TCP packets'],
    [hidden, 'connections'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return said.length === 0 ? [] : [`lvsdoctor: not listed: ${said.join(', ')}`]
}

function lossWords({ cutBytes, stopped, foreign }: Losses, watch: Watch): string[] {
  const unknown = foreign + watch.foreign
  return [
    ...(stopped === undefined ? [] : [stopped]),
    ...(cutBytes === 0 ? [] : [`the file ends in the middle of a packet, ${cutBytes} bytes of it are there`]),
    ...(unknown === 0 ? [] : [`${unknown} packets of a link type or interface that is not known`]),
    ...(watch.short === 0 ? [] : [`${watch.short} packets of which too little was kept`]),
  ]
}
