/** Authentication as two nodes of a virtual router compare it. */
import type { Cite } from '../model/evidence.ts'
import { effectiveVrrp, type Speaker } from './vrrp.ts'

export type AuthDifference = 'same' | 'password' | 'type' | 'unknown'

/** Nodes of different versions or VRIDs refuse each other for that, whatever their passwords. */
export function compareAuth(a: Speaker, b: Speaker): AuthDifference {
  const [left, right] = [effectiveVrrp(a), effectiveVrrp(b)]
  if (left.version !== right.version || a.instance.vrid?.value !== b.instance.vrid?.value) return 'same'
  if (authSent(a) !== authSent(b)) return 'type'
  const secrets = [left.auth.pass, right.auth.pass].flatMap((secret) =>
    authSent(a) !== 'none' && secret ? [secret] : [],
  )
  if (secrets.length < 2) return 'same'
  // Tokens of texts that were not masked together mean nothing to each other.
  if (secrets.some(({ same }) => same.startsWith('unmasked'))) return 'unknown'
  return secrets[0]?.same === secrets[1]?.same ? 'same' : 'password'
}

/** `none`, `PASS` or `AH`. Without a password keepalived sends none, whatever auth_type says. */
export function authSent(speaker: Speaker): string {
  const { auth } = effectiveVrrp(speaker)
  return auth.pass ? auth.type : 'none'
}

/** The line to show for it. */
export function authLine({ instance }: Speaker): Cite {
  return instance.authPass?.at ?? instance.authType?.at ?? instance.at
}
