/** The `key value` and bare words behind a route's destination or behind `nexthop`. */
import { parseIp } from '../../lib/ip.ts'
import { wholeNumber } from '../../lib/words.ts'

export interface RouteAttributes {
  readonly via?: string
  /** `via inet6 fe80::1`: the gateway is of the other family than the route. */
  readonly otherFamily: boolean
  readonly dev?: string
  readonly src?: string
  readonly table?: string
  readonly scope?: string
  readonly proto?: string
  readonly metric: number
  readonly weight: number
  /** Printed for IPv6 routes only. */
  readonly pref: boolean
  readonly flags: readonly string[]
}

/** A `from` or `tos` route serves only some packets; it is not read at all rather than as one for all. */
const WITH_VALUE = new Set(
  (
    'via dev src table scope proto metric weight pref nhid mtu window rtt rttvar ssthresh cwnd advmss reordering hoplimit ' +
    'initcwnd features rto_min initrwnd quickack congctl fastopen_no_cookie expires error realm realms users used age'
  ).split(' '),
)

const FLAGS = new Set(
  'onlink linkdown dead pervasive offload trap notify rt_offload rt_trap rt_offload_failed unresolved'.split(' '),
)

/** undefined: a word is not known, or a value is not what its key asks for. */
export function routeAttributes(words: readonly string[]): RouteAttributes | undefined {
  const values = new Map<string, string>()
  const flags: string[] = []
  let otherFamily = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === 'encap') {
      flags.push(word)
      // The tunnel has a `src` and `dst` of its own; what belongs to the route goes on at `via` or `dev`.
      while (at + 1 < words.length && words[at + 1] !== 'via' && words[at + 1] !== 'dev') at++
    } else if (WITH_VALUE.has(word)) {
      if (words[at + 1] === 'lock') at++
      if (word === 'via' && /^inet6?$/.test(words[at + 1] ?? '')) {
        otherFamily = true
        at++
      }
      const value = words[++at]
      if (value === undefined) return undefined
      values.set(word, value)
    } else if (FLAGS.has(word)) flags.push(word)
    else return undefined
  }
  return typed(values, otherFamily, flags)
}

function typed(
  values: Map<string, string>,
  otherFamily: boolean,
  flags: readonly string[],
): RouteAttributes | undefined {
  const metric = wholeNumber(values.get('metric') ?? '0')
  const weight = wholeNumber(values.get('weight') ?? '1')
  if (metric === undefined || weight === undefined) return undefined
  const addresses: { via?: string; src?: string } = {}
  for (const key of ['via', 'src'] as const) {
    const text = values.get(key)
    if (text === undefined) continue
    const ip = parseIp(text)
    if (ip === undefined) return undefined
    addresses[key] = ip
  }
  const names: { dev?: string; table?: string; scope?: string; proto?: string } = {}
  for (const key of ['dev', 'table', 'scope', 'proto'] as const) {
    const text = values.get(key)
    if (text !== undefined) names[key] = text
  }
  return { ...addresses, ...names, otherFamily, metric, weight, pref: values.has('pref'), flags }
}
