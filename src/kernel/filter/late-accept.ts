/** An accept that comes too late: what would let the packet pass if nothing in table filter had refused it before. */
import type { FilterChain, FilterRule, Firewall } from '../../model/facts.ts'
import type { FilterPacket, Hook } from './packet.ts'
import { protocolNumber } from './protocols.ts'
import type { Listing } from './stages.ts'
import { type Verdict, walk } from './walk.ts'

const REFUSING = new Set(['DROP', 'REJECT', 'TARPIT'])

/**
 * For a packet that `walk` says is refused: the walk with every refusing rule of table filter taken out, and its policies
 * set to DROP. Where that accepts, a rule does, and it stands behind what refuses the packet now.
 */
export function acceptBehind(firewall: Firewall, listing: Listing, packet: FilterPacket, hook: Hook): Verdict {
  const tables = firewall.tables.map((table) =>
    table.name === 'filter' ? { ...table, chains: table.chains.map(withoutRefusals) } : table,
  )
  return walk({ ...firewall, tables }, listing, packet, hook)
}

function withoutRefusals(chain: FilterChain): FilterChain {
  const open = { ...chain, rules: chain.rules.filter(letsPass) }
  return chain.policy === undefined ? open : { ...open, policy: 'DROP' }
}

function letsPass({ target }: FilterRule): boolean {
  return target === undefined || !REFUSING.has(target.name)
}

/** Does the rule ask for this IP protocol by name or number? */
export function namesProtocol({ matches }: FilterRule, protocol: number): boolean {
  return matches.some(
    ({ option, not, values }) => option === 'p' && !not && protocolNumber(values[0] ?? '') === protocol,
  )
}
