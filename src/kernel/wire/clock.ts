/** One running clock for the packets of a capture. */
import type { Packet } from '../../model/facts.ts'

const DAY = 86_400

/**
 * Seconds of each packet, by position, counted on past midnight: tcpdump prints the time of day alone, so a
 * step back by more than half a day is a new day. Small steps back (several CPUs, several interfaces) stay.
 */
export function clockOf(packets: readonly Packet[]): readonly (number | undefined)[] {
  let days = 0
  let before: number | undefined
  return packets.map(({ time }) => {
    if (time === undefined) return undefined
    if (before !== undefined && time <= DAY && before - time > DAY / 2) days += 1
    else if (before !== undefined && days > 0 && time - before > DAY / 2) days -= 1
    before = time
    return time + days * DAY
  })
}
