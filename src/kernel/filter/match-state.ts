/** Conditions on connection tracking, firewall marks and MAC addresses. */
import { parseMark } from './mark.ts'
import { answer } from './match-address.ts'
import type { Answer, PacketView } from './packet.ts'

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
