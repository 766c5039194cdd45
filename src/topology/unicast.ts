/** Unicast VRRP: whom a node sends to, and from where. */
import type { Cite } from '../model/evidence.ts'
import { nodeFinder } from './conf-tree.ts'
import type { Speaker } from './vrrp.ts'

/** The list of peers, or the instance that has none. */
export function unicastLine({ instance }: Speaker): Cite {
  return instance.unicastPeers[0]?.at ?? instance.unicastPeerBlock ?? instance.at
}

/** Peers may come from elsewhere: a variable that was not resolved, a condition on the host's name, an include. */
export function hasHiddenPeers({ conf, instance }: Speaker): boolean {
  if (instance.unicastPeers.some(({ value }) => UNRESOLVED.test(value))) return true
  const inside = nodeFinder(conf.value)('vrrp_instance', instance.at)?.children ?? []
  return inside.some(({ keyword }) => UNRESOLVED.test(keyword))
}

const UNRESOLVED = /^[$~@]|^include[rmwba]?$/
