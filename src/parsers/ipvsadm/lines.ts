/** Lines of `ipvsadm -Ln` and of /proc/net/ip_vs. */
import { blankWords, wholeNumber } from '../../lib/words.ts'
import type { Cite } from '../../model/evidence.ts'
import type { IpvsServer, IpvsService } from '../../model/facts.ts'
import { readEndpoint, readHexEndpoint, readServiceName } from './endpoint.ts'

const FORWARD: ReadonlyMap<string, IpvsServer['forward']> = new Map([
  ['Route', 'Route'],
  ['Tunnel', 'Tunnel'],
  ['Masq', 'Masq'],
  ['Local', 'Local'],
  ['Bypass', 'Bypass'],
])

export interface ReadService {
  readonly service: Omit<IpvsService, 'servers'>
  /** A part of the line has a meaning that cannot be told. */
  readonly partly: boolean
}

/**
 * `TCP  10.0.0.1:80 wrr persistent 50 mask 255.255.255.0 pe sip ops (flag-1)`. The kernel's own listing gives the
 * timeout in ticks of an unknown length, so there `persistent` becomes a flag and the line is only partly read.
 */
export function readServiceLine(text: string, hex: boolean, at: Cite): ReadService | undefined {
  const words = blankWords(text)
  const named = readServiceName(words, hex)
  const scheduler = named === undefined ? undefined : words[named.words]
  if (named === undefined || scheduler === undefined || !/^[a-z][\w-]*$/.test(scheduler)) return undefined
  const rest = words.slice(named.words + 1)
  const flags: string[] = []
  let persistent: number | undefined
  let partly = false
  for (let i = 0; i < rest.length; i += 1) {
    const word = rest[i] as string
    if (word === 'persistent') {
      const timeout = wholeNumber(rest[i + 1])
      if (timeout === undefined) return undefined
      if (hex) {
        flags.push('persistent')
        partly = true
        i += 1
      } else persistent = timeout
      i += 1
    } else if (word === 'mask' || word === 'pe') {
      if (rest[i + 1] === undefined) return undefined
      flags.push(`${word} ${rest[i + 1]}`)
      i += 1
    } else flags.push(word)
  }
  const timeout = persistent === undefined ? {} : { persistent }
  return { service: { ...named.name, scheduler, ...timeout, flags, at }, partly }
}

/** `  -> 192.168.10.21:80             Route   1      0          6`, `--tun-info` adds a column before the weight. */
export function readServerLine(text: string, hex: boolean, at: Cite): IpvsServer | undefined {
  const [arrow, address = '', method = '', ...columns] = blankWords(text)
  const endpoint = hex ? readHexEndpoint(address) : readEndpoint(address)
  const forward = FORWARD.get(method)
  const [weight, active, inactive] = columns.slice(-3).map((column) => wholeNumber(column))
  if (arrow !== '->' || endpoint === undefined || forward === undefined || columns.length > 4) return undefined
  if (weight === undefined || active === undefined || inactive === undefined) return undefined
  return { ...endpoint, forward, weight, active, inactive, at }
}
