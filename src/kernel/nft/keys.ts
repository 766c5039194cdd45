/** What a rule of nft can ask about a packet, by the words that ask it. */
import type { FilterMatch } from '../../model/facts.ts'
import type { Words } from './words.ts'

export interface Key {
  /** Option of the match: see match-nft. */
  readonly option: string
  /** What the words imply: `tcp dport` is true of TCP alone, whatever the comparison. */
  readonly implies: readonly FilterMatch[]
}

const TRANSPORT = new Set(['tcp', 'udp', 'udplite', 'sctp', 'dccp'])
const META: Readonly<Record<string, string>> = {
  iifname: 'iifname',
  oifname: 'oifname',
  iif: 'iifname',
  oif: 'oifname',
  l4proto: 'l4proto',
  nfproto: 'nfproto',
  mark: 'mark',
  pkttype: 'pkttype',
}
const SHORT = new Set(['iifname', 'oifname', 'iif', 'oif', 'mark', 'pkttype'])

/** undefined: the words begin no question that is known. */
export function readKey(words: Words): Key | undefined {
  const [first, second] = [words.peek(), words.peek(1)]
  const key = (option: string, length: number, implies: readonly FilterMatch[] = []): Key => {
    words.at += length
    return { option, implies }
  }
  if (first === 'meta' && META[second] !== undefined) return key(META[second], 2)
  if (SHORT.has(first)) return key(META[first] ?? first, 1)
  if (first === 'ip' && (second === 'saddr' || second === 'daddr')) return key(`ip ${second}`, 2)
  if (first === 'ip' && second === 'frag-off') return key('ip frag-off', 2)
  if (first === 'ip' && second === 'protocol') return key('l4proto', 2)
  if (first === 'ip6' || first === 'icmpv6') return key(`${first} ${second}`, 2, [never()])
  if (first === 'ct' && second === 'state') return key('ct state', 2)
  if (first === 'ether' && second === 'saddr') return key('ether saddr', 2)
  if (first === 'fib' && (second === 'saddr' || second === 'daddr') && words.peek(2) === 'type')
    return key(`fib ${second} type`, 3)
  if (first === 'icmp' && (second === 'type' || second === 'code')) return key(`icmp ${second}`, 2, [protocol('icmp')])
  if (first === 'th' && (second === 'sport' || second === 'dport')) return key(second, 2)
  if (TRANSPORT.has(first) && (second === 'sport' || second === 'dport')) return key(second, 2, [protocol(first)])
  if (first === 'tcp' && second === 'flags') return key('tcp flags', 2, [protocol('tcp')])
  return undefined
}

function protocol(name: string): FilterMatch {
  return { option: 'l4proto', module: 'nft', not: false, values: [name] }
}

/** IPv4 packets are asked about. */
function never(): FilterMatch {
  return { option: 'nfproto', module: 'nft', not: false, values: ['ipv6'] }
}
