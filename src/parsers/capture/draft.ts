/** A packet in the making: what the readers of one tcpdump line hand to each other. */
import type { Packet, PacketBase } from '../../model/facts.ts'

/**
 * Fields common to all packets, filled from left to right. Readers spread it last into their packet: V8 makes a
 * hash table, ten times as slow, of an object that begins with a spread and then grows.
 */
export type Draft = { -readonly [K in keyof PacketBase]: PacketBase[K] }

/**
 * What a line made of a packet: the packet; `more` where `-v` prints addresses on the next line; or
 * undefined where the line is not understood.
 */
export type Outcome = Packet | 'more' | undefined

/** Largest number any field of these packets can hold; a longer run of digits is damage. */
const MAX_FIELD = 0xffff_ffff

/** A header field, or undefined where the digits cannot be one. */
export function field(digits: string, max: number = MAX_FIELD): number | undefined {
  const value = Number(digits)
  return Number.isInteger(value) && value <= max ? value : undefined
}

/** Runs a sticky expression at a position. */
export function at(expression: RegExp, line: string, position: number): RegExpExecArray | null {
  expression.lastIndex = position
  return expression.exec(line)
}

/** An address with or without a port behind its last dot, as tcpdump joins them. */
export function splitPort(joined: string): { readonly ip: string; readonly port: number | string } | undefined {
  const dot = joined.lastIndexOf('.')
  if (dot <= 0 || dot === joined.length - 1) return undefined
  const name = joined.slice(dot + 1)
  const ip = joined.slice(0, dot)
  if (!/^\d+$/.test(name)) return { ip, port: name }
  const port = field(name, 65_535)
  return port === undefined ? undefined : { ip, port }
}

/** The address alone, of a text that may or may not carry a port: only numeric forms can tell. */
export function withoutPort(joined: string): string {
  const portBehindIpv4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\.[^.]+$/.exec(joined)
  if (portBehindIpv4) return portBehindIpv4[1] ?? joined
  const colon = joined.lastIndexOf(':')
  const dot = joined.lastIndexOf('.')
  // `::ffff:10.0.0.1` ends in a dotted quad of its own: three dots after the last colon are no port.
  return colon >= 0 && dot > colon && joined.indexOf('.', colon) === dot ? joined.slice(0, dot) : joined
}
