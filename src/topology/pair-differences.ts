/** For which reasons two nodes refuse each other's adverts, by their files. */
import { sentInterval } from './advert-interval.ts'
import { advertisedVips } from './advertised.ts'
import type { RefusalKind } from './refusals.ts'
import { effectiveVrrp, type Speaker, type VirtualRouter } from './vrrp.ts'
import { compareAuth } from './vrrp-auth.ts'

/** Do any two nodes of this router differ in what refusals of this kind are about? */
export function fileExplains({ speakers }: VirtualRouter, kind: RefusalKind): boolean {
  const [first, ...others] = speakers
  return first !== undefined && others.some((other) => DIFFER[kind](first, other))
}

const DIFFER: Readonly<Record<RefusalKind, (a: Speaker, b: Speaker) => boolean>> = {
  'auth-refused': (a, b) => compareAuth(a, b) !== 'same',
  'version-refused': (a, b) => effectiveVrrp(a).version !== effectiveVrrp(b).version,
  'interval-refused': (a, b) => sentInterval(a) !== sentInterval(b),
  'vips-refused': (a, b) => advertisedVips(a).join(' ') !== advertisedVips(b).join(' '),
}
