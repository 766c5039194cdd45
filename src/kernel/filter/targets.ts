/** What a rule's target does to a packet that matched. */
import type { FilterTarget } from '../../model/facts.ts'
import { markAfter } from './mark.ts'
import type { PacketState } from './packet.ts'

/** `accept` ends this table only; the packet goes on to the next. */
export type Effect =
  | { readonly is: 'accept' | 'drop' | 'reject' | 'return' | 'unknown' }
  | { readonly is: 'rewrite'; readonly to?: string }
  | { readonly is: 'continue'; readonly state: PacketState }

/** Targets that note or adorn the packet and let the walk go on (XT_CONTINUE) without changing what rules can see. */
const PASSING = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'TRACE',
  'AUDIT',
  'TEE',
  'LED',
  'IDLETIMER',
  'RATEEST',
  'TCPMSS',
  'TCPOPTSTRIP',
  'TOS',
  'DSCP',
  'ECN',
  'TTL',
  'CLASSIFY',
  'CHECKSUM',
  'SECMARK',
  'CONNSECMARK',
  'SET',
  'ACCOUNT',
])

const REWRITING: ReadonlyMap<string, string> = new Map([
  ['DNAT', 'to-destination'],
  ['SNAT', 'to-source'],
  ['REDIRECT', 'to-ports'],
  ['MASQUERADE', 'to-ports'],
  ['NETMAP', 'to'],
])

/** undefined: not a target of iptables that we know, so a chain, or an extension whose effect we cannot tell. */
export function effectOf(target: FilterTarget, state: PacketState): Effect | undefined {
  const { name, options } = target
  if (name === 'ACCEPT') return { is: 'accept' }
  if (name === 'DROP' || name === 'TARPIT') return { is: 'drop' }
  if (name === 'REJECT') return { is: 'reject' }
  if (name === 'RETURN') return { is: 'return' }
  if (name === 'QUEUE' || name === 'NFQUEUE' || name === 'TPROXY' || name === 'SYNPROXY') return { is: 'unknown' }
  const rewriting = REWRITING.get(name)
  if (rewriting !== undefined) {
    const to = options[rewriting]
    return { is: 'rewrite', ...(to === undefined ? {} : { to }) }
  }
  if (PASSING.has(name)) return { is: 'continue', state }
  if (name === 'MARK') return { is: 'continue', state: { ...state, mark: markAfter(state.mark, options) } }
  if (name === 'HMARK') return { is: 'continue', state: { ...state, mark: undefined } }
  if (name === 'CONNMARK') {
    // Only restoring copies the connection's mark, which we do not know, onto the packet.
    const restores = 'restore-mark' in options
    return { is: 'continue', state: restores ? { ...state, mark: undefined } : state }
  }
  if (name === 'NOTRACK' || name === 'CT') {
    // Both stand in table raw, before connection tracking: the packet is UNTRACKED from here on.
    const untracked = name === 'NOTRACK' || 'notrack' in options
    return { is: 'continue', state: untracked ? { ...state, ctstate: 'UNTRACKED' } : state }
  }
  return undefined
}
