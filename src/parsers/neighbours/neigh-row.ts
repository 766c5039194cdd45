/** Rows of `ip neigh`, `ip -s neigh` and `ip neigh show proxy`. */
import { parseIp } from '../../lib/ip.ts'
import { type Entry, entryOf } from './entry.ts'

const STATES = new Set(['REACHABLE', 'STALE', 'DELAY', 'PROBE', 'PERMANENT', 'INCOMPLETE', 'FAILED', 'NOARP', 'NONE'])
const BARE = new Set(['router', 'extern_learn', 'offload', 'managed', 'extern_valid'])
const WITH_VALUE = new Set(['ref', 'used', 'probes', 'proto'])

/**
 * `192.168.10.1 dev eth0 lladdr 52:54:00:00:01:01 router STALE`, `10.0.0.77 dev eth0 proxy`.
 * `shownDev`: the interface the command asked for; ip then leaves it out.
 */
export function neighRow(words: readonly string[], shownDev: string | undefined): Entry | undefined {
  let dev = shownDev
  let mac: string | undefined
  let state: string | undefined
  for (let at = 1; at < words.length; at++) {
    const word = words[at] as string
    if (word === 'dev') dev = words[++at]
    else if (word === 'lladdr') mac = words[++at] ?? ''
    else if (word === 'proxy') state = 'PROXY'
    else if (STATES.has(word)) state = word
    else if (WITH_VALUE.has(word)) {
      at++
      // `used 12/8/8probes 1`: iproute2 forgets a blank before `probes`.
      if (words[at]?.endsWith('probes')) at++
    } else if (!BARE.has(word)) return undefined
  }
  if (state === undefined || dev === undefined) return undefined
  // The link-layer address of a tunnel's far end is an IP address, not a MAC.
  return entryOf(words[0] ?? '', mac !== undefined && parseIp(mac) !== undefined ? undefined : mac, dev, state)
}
