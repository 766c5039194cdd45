/** Should one node hear the other, by what their files say? */
import { areApart, segmentOf } from './segments.ts'
import { namesPeer } from './unicast.ts'
import { effectiveVrrp, type Speaker } from './vrrp.ts'

/** Not where the ids, the ways of sending or the networks differ, or the list of peers leaves it out. */
export function shouldHear(from: Speaker, to: Speaker): boolean {
  const [one, other] = [effectiveVrrp(from), effectiveVrrp(to)]
  if (from.instance.vrid?.value !== to.instance.vrid?.value || one.unicast !== other.unicast) return false
  if (one.unicast) return namesPeer(from, to) !== 'no'
  const apart = areApart(segmentOf(from), segmentOf(to))
  return apart !== 'subnets' && apart !== 'vlans'
}
