/** Interfaces that belong to a bond, a team or a bridge: what arrives there is handed to the master device. */
import type { Cite } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'

export type Enslaved =
  | { readonly is: 'no' }
  | { readonly is: 'yes'; readonly master: string; readonly at: Cite }
  | { readonly is: 'unknown'; readonly master: string; readonly at: Cite }

/** Interfaces of a VRF have a master as well, and keep what they receive (l3mdev). */
const FINE = new Set(['vrf'])
const TAKES_FRAMES = new Set(['bond', 'team', 'bridge', 'openvswitch'])
/** What distributions and libvirt call them, where `ip -d link` was not asked. */
const USUAL_NAMES = /^(?:bond|team|br\d|br-|bridge|virbr|docker|ovs)/

/** The kernel flags a slave of a bond or team (IFF_SLAVE), and not the port of a bridge. */
export function enslaved(link: Link, links: readonly Link[]): Enslaved {
  const { master: name, at } = link
  const flagged = link.flags.includes('SLAVE')
  if (name === undefined) return flagged ? { is: 'yes', master: 'a bond', at } : { is: 'no' }
  const kind = links.find((other) => other.name === name)?.kind
  if (kind !== undefined && FINE.has(kind)) return { is: 'no' }
  const sure = flagged || (kind !== undefined && TAKES_FRAMES.has(kind)) || USUAL_NAMES.test(name)
  return { is: sure ? 'yes' : 'unknown', master: name, at }
}
