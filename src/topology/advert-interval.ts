/** The advertisement interval as it goes into an advert. */
import { effectiveVrrp, type Speaker } from './vrrp.ts'

const LONGEST_V2 = 255

/** Seconds. VRRPv2 has whole seconds up to 255: keepalived rounds half up, and never to 0 (vrrp_complete_instance). */
export function sentInterval(speaker: Pick<Speaker, 'conf' | 'instance'>): number {
  const { version, advertInt } = effectiveVrrp(speaker)
  if (version === 3) return advertInt
  return Math.min(LONGEST_V2, Math.max(1, Math.floor(advertInt + 0.5)))
}
