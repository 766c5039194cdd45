/** One row of a neighbour table, checked. */
import { parseIp } from '../../lib/ip.ts'
import type { Neighbour } from '../../model/facts.ts'

export type Entry = Omit<Neighbour, 'at'>

const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i

/** undefined: the address or the MAC is none. */
export function entryOf(
  ip: string,
  mac: string | undefined,
  dev: string | undefined,
  state: string,
): Entry | undefined {
  const address = parseIp(ip)
  if (address === undefined || (mac !== undefined && !MAC.test(mac))) return undefined
  return {
    ip: address,
    ...(mac === undefined ? {} : { mac: mac.toLowerCase() }),
    ...(dev === undefined ? {} : { dev }),
    state,
  }
}
