/** Conditions on connection tracking, firewall marks, MAC addresses, bridge ports and rates. */
import type { FilterMatch } from '../../model/facts.ts'
import { parseMark } from './mark.ts'
import { answer } from './match-address.ts'
import type { Answer, FilterPacket, PacketView } from './packet.ts'

export function matchState({ state }: PacketView, values: readonly string[]): Answer {
  const words = values.flatMap((value) => value.toUpperCase().split(','))
  if (state.ctstate === undefined) return 'unknown'
  if (words.includes(state.ctstate)) return 'yes'
  // SNAT and DNAT ask about the connection, which an INVALID or UNTRACKED packet does not have.
  const hasConnection = state.ctstate !== 'INVALID' && state.ctstate !== 'UNTRACKED'
  return hasConnection && words.some((word) => word === 'SNAT' || word === 'DNAT') ? 'unknown' : 'no'
}

export function matchMark({ state }: PacketView, [value]: readonly string[]): Answer {
  const wanted = parseMark(value)
  if (wanted === undefined) return 'unknown'
  if (wanted.mask === 0) return answer(wanted.value === 0)
  return state.mark === undefined ? 'unknown' : answer((state.mark & wanted.mask) >>> 0 === wanted.value)
}

export function matchMac({ packet }: PacketView, [value]: readonly string[]): Answer {
  if (packet.srcMac === undefined || value === undefined) return 'unknown'
  return answer(packet.srcMac.toLowerCase() === value.toLowerCase())
}

/** Modules that ask what no field of a packet holds. undefined: another module. */
export function matchAround({ packet }: PacketView, { module, option }: FilterMatch): Answer | undefined {
  // What did not come by a bridge has no port: no condition on one holds (xt_physdev).
  if (module === 'physdev') return packet.bridged === false ? 'no' : 'unknown'
  if (module !== 'limit' && module !== 'hashlimit') return undefined
  if (option === 'limit-burst') return 'yes'
  return option === 'hashlimit-above' ? aboveLimit(packet) : belowLimit(packet)
}

/** True until the rate is reached. The other options of a limit say only how it counts. */
export function belowLimit({ rare }: FilterPacket): Answer {
  return rare ? 'yes' : 'unknown'
}

export function aboveLimit({ rare }: FilterPacket): Answer {
  return rare ? 'no' : 'unknown'
}
