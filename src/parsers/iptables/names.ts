/** Option words of iptables: spellings of different ages, and which of them stand for themselves. */

/** Long and old spellings, by the word that iptables-save prints. Basic options keep their letter. */
export const NAMES: ReadonlyMap<string, string> = new Map([
  ['-p', 'p'],
  ['-s', 's'],
  ['-d', 'd'],
  ['-i', 'i'],
  ['-o', 'o'],
  ['-f', 'f'],
  ['--protocol', 'p'],
  ['--proto', 'p'],
  ['--source', 's'],
  ['--src', 's'],
  ['--destination', 'd'],
  ['--dst', 'd'],
  ['--in-interface', 'i'],
  ['--out-interface', 'o'],
  ['--fragment', 'f'],
  ['-m', 'match'],
  ['--match', 'match'],
  ['-j', 'jump'],
  ['--jump', 'jump'],
  ['-g', 'goto'],
  ['--goto', 'goto'],
  ['-c', 'counters'],
  ['--set-counters', 'counters'],
  ['--source-port', 'sport'],
  ['--destination-port', 'dport'],
  ['--source-ports', 'sports'],
  ['--destination-ports', 'dports'],
])

export const BASIC = new Set(['p', 's', 'd', 'i', 'o', 'f'])

/** `-m tcp` without an option of its own adds no condition: `-p tcp` already says it. `-m socket` does. */
export const PROTOCOL_MODULES = new Set([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'icmp',
  'icmp6',
  'icmpv6',
  'ah',
  'esp',
])
