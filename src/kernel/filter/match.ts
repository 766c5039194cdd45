/** One rule against one packet, three-valued. */
import type { FilterMatch, FilterRule } from '../../model/facts.ts'
import { matchAddress, matchAddressType, matchInterface, matchPacketType, matchRange } from './match-address.ts'
import { matchNft } from './match-nft.ts'
import { matchAround, matchMac, matchMark, matchState } from './match-state.ts'
import { matchIcmpType, matchPorts, matchProtocol, matchTcpFlags } from './match-transport.ts'
import type { Answer, PacketView } from './packet.ts'

export interface RuleAnswer {
  readonly is: Answer
  /** The condition that decided against the rule, or could not be decided. */
  readonly because?: FilterMatch
}

type Matcher = (view: PacketView, values: readonly string[]) => Answer

const PORT_MODULES = ['tcp', 'udp', 'udplite', 'sctp', 'dccp', 'multiport', '6', '17', '33', '132', '136']

/** Conditions by option word, and the modules in which the word means that. */
const MATCHERS: ReadonlyMap<string, { readonly modules: readonly string[]; readonly matches: Matcher }> = new Map([
  ['sport', { modules: PORT_MODULES, matches: ({ packet }, [v]) => matchPorts(packet.protocol, [packet.sport], v) }],
  ['dport', { modules: PORT_MODULES, matches: ({ packet }, [v]) => matchPorts(packet.protocol, [packet.dport], v) }],
  ['sports', { modules: PORT_MODULES, matches: ({ packet }, [v]) => matchPorts(packet.protocol, [packet.sport], v) }],
  ['dports', { modules: PORT_MODULES, matches: ({ packet }, [v]) => matchPorts(packet.protocol, [packet.dport], v) }],
  [
    'ports',
    {
      modules: PORT_MODULES,
      matches: ({ packet }, [v]) => matchPorts(packet.protocol, [packet.sport, packet.dport], v),
    },
  ],
  ['tcp-flags', { modules: ['tcp', '6'], matches: ({ packet }, values) => matchTcpFlags(packet, values) }],
  ['syn', { modules: ['tcp', '6'], matches: ({ packet }) => matchTcpFlags(packet, ['FIN,SYN,RST,ACK', 'SYN']) }],
  ['icmp-type', { modules: ['icmp', '1'], matches: ({ packet }, [v]) => matchIcmpType(packet, v) }],
  ['state', { modules: ['state', 'conntrack'], matches: matchState }],
  ['ctstate', { modules: ['conntrack', 'state'], matches: matchState }],
  ['pkt-type', { modules: ['pkttype'], matches: (view, [v]) => matchPacketType(view, v) }],
  ['dst-type', { modules: ['addrtype'], matches: ({ packet }, [v]) => matchAddressType(packet.dst, packet.local, v) }],
  ['src-type', { modules: ['addrtype'], matches: ({ packet }, [v]) => matchAddressType(packet.src, packet.local, v) }],
  ['src-range', { modules: ['iprange'], matches: ({ packet }, [v]) => matchRange(packet.src, v) }],
  ['dst-range', { modules: ['iprange'], matches: ({ packet }, [v]) => matchRange(packet.dst, v) }],
  ['mark', { modules: ['mark'], matches: matchMark }],
  ['mac-source', { modules: ['mac'], matches: matchMac }],
  ['comment', { modules: ['comment'], matches: () => 'yes' }],
])

/** Basic options belong to no module. The packet asked about is never a later fragment, so `-f` does not match. */
const BASIC: ReadonlyMap<string, Matcher> = new Map<string, Matcher>([
  ['p', ({ packet }, [v]) => matchProtocol(packet.protocol, v)],
  ['s', ({ packet }, [v]) => matchAddress(packet.src, v)],
  ['d', ({ packet }, [v]) => matchAddress(packet.dst, v)],
  ['i', (view, [v]) => matchInterface(view.in, v, view.packet.notIn)],
  ['o', (view, [v]) => matchInterface(view.out, v, view.packet.notOut)],
  ['f', () => 'no'],
])

function matchOne(view: PacketView, match: FilterMatch): Answer {
  if (match.module === 'nft') return inverted(matchNft(view, match), match.not)
  const around = matchAround(view, match)
  if (around !== undefined) return inverted(around, match.not)
  const basic = match.module === undefined ? BASIC.get(match.option) : undefined
  const extension = MATCHERS.get(match.option)
  const fits = extension !== undefined && (match.module === undefined || extension.modules.includes(match.module))
  const is = basic?.(view, match.values) ?? (fits ? extension.matches(view, match.values) : 'unknown')
  return inverted(is, match.not)
}

function inverted(is: Answer, not: boolean): Answer {
  if (is === 'unknown' || !not) return is
  return is === 'yes' ? 'no' : 'yes'
}

/** All conditions must hold. One that fails settles it even where others cannot be decided. */
export function matchRule(view: PacketView, rule: FilterRule): RuleAnswer {
  let doubt: FilterMatch | undefined
  for (const match of rule.matches) {
    const is = matchOne(view, match)
    if (is === 'no') return { is, because: match }
    if (is === 'unknown') doubt ??= match
  }
  return doubt === undefined ? { is: 'yes' } : { is: 'unknown', because: doubt }
}
