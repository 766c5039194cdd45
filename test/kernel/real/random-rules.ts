/** Rule sets for iptables-restore, at random, within what both iptables programs load. */
import type { Dice } from './sandbox.ts'

const USER = ['one', 'two', 'three']
const BASE: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
}

/** Answers of the host itself end here, before anything that counts. */
export const SILENCE = ['-p icmp -j DROP', '-p igmp -j DROP', '-p tcp -m tcp --tcp-flags RST RST -j DROP']

/** Conditions that hold for every packet of these tests, but that the model cannot decide. */
const UNDECIDABLE = [
  ' -m ttl --ttl-gt 2',
  ' -m statistic --mode nth --every 1 --packet 0',
  ' -m length --length 20:100',
]

function transport(dice: Dice): string {
  const ports = [' --dport 80', ' --dport 1000:2000', ' ! --sport 53', ' --sport 1024:', '']
  const lists = [
    ' -m multiport --dports 53,80,1000:1100',
    ' -m multiport ! --ports 53,5000',
    ' -m multiport --sports 40000:50000',
  ]
  const flags = [' --syn', ' ! --syn', ' --tcp-flags SYN,ACK ACK', ' --tcp-flags ALL NONE']
  const kind = dice.roll(10)
  if (kind < 3) return ` -p udp${dice.pick(['', ...ports.map((port) => ` -m udp${port}`), ...lists])}`
  if (kind < 6) return ` -p tcp${dice.pick(['', ...[...ports, ...flags].map((port) => ` -m tcp${port}`), ...lists])}`
  return dice.pick([
    ' -p 112',
    ' -p 4',
    ' ! -p tcp',
    ' ! -p vrrp',
    ' -p ipip',
    ' -p icmp -m icmp --icmp-type 8',
    ' -p icmp --icmp-type 3/4',
  ])
}

function condition(dice: Dice, base: string | undefined): string {
  const both = [
    ' -s 10.0.0.0/24',
    ' ! -s 10.0.0.9',
    ' -s 192.0.2.7',
    ' -s 10.0.0.8/255.0.0.9',
    ' -d 10.9.9.9',
    ' -d 224.0.0.0/4',
    ' ! -d 10.0.0.2',
  ]
  const more = [
    ' -m state --state NEW',
    ' -m state --state ESTABLISHED,RELATED',
    ' -m conntrack ! --ctstate NEW,ESTABLISHED',
    ' -m conntrack --ctstate UNTRACKED',
    ' -m conntrack --ctstate INVALID',
    ' -m pkttype --pkt-type multicast',
    ' -m pkttype ! --pkt-type unicast',
    ' -m pkttype --pkt-type broadcast',
    ' -m addrtype --dst-type LOCAL',
    ' -m addrtype ! --dst-type LOCAL',
    ' -m addrtype --dst-type MULTICAST,BROADCAST',
    ' -m addrtype --src-type UNICAST',
    ' -m mark --mark 0x1/0x3',
    ' -m mark ! --mark 0x0',
    ' -m iprange --src-range 10.0.0.5-10.0.0.20',
    ' -m iprange ! --dst-range 10.0.0.0-10.255.255.255',
    ' -m comment --comment "let it -j DROP in"',
    ' ! -f',
    ' -f',
  ]
  const incoming = [
    ' -i v0',
    ' -i v+',
    ' ! -i v1',
    ' -i v',
    ' -i lo',
    ' -m mac --mac-source 02:00:00:00:00:aa',
    ' -m mac ! --mac-source 02:00:00:00:00:aa',
  ]
  const outgoing = [' -o v1', ' -o v+', ' ! -o v0']
  const kind = dice.roll(6)
  if (kind < 2) return dice.pick(both)
  if (kind === 2 && base !== undefined) {
    if (base === 'OUTPUT' || base === 'POSTROUTING') return dice.pick(outgoing)
    return dice.pick(base === 'FORWARD' ? [...incoming, ...outgoing] : incoming)
  }
  if (kind === 3 && base === undefined) return dice.pick([' -i v0', ' ! -i v0', ' -o v1', ' ! -o v1'])
  return dice.pick(more)
}

function rule(dice: Dice, table: string, chain: string, undecidable: boolean): string {
  const user = USER.indexOf(chain)
  const base = user < 0 ? chain : undefined
  const deeper = USER.slice(user + 1).map((name) => `${dice.chance(3) ? '-g' : '-j'} ${name}`)
  const special: Readonly<Record<string, readonly string[]>> = {
    raw: ['-j CT --notrack', '-j NFLOG'],
    mangle: ['-j MARK --set-xmark 0x1/0xffffffff', '-j MARK --set-xmark 0x2/0x3', '-j MARK --or-mark 0x4', '-j NFLOG'],
    filter: [
      '-j REJECT --reject-with icmp-host-prohibited',
      '-j NFLOG',
      '-j REJECT --reject-with icmp-port-unreachable',
    ],
    security: ['-j NFLOG'],
  }
  const targets = ['-j ACCEPT', '-j DROP', '-j RETURN', '', ...deeper, ...deeper, ...(special[table] ?? [])]
  const conditions = [
    dice.chance(2) ? transport(dice) : '',
    condition(dice, base),
    dice.chance(3) ? condition(dice, base) : '',
  ]
  const doubt = undecidable && dice.chance(4) ? dice.pick(UNDECIDABLE) : ''
  // One `-s`, one `-i` … per rule: iptables refuses a second.
  const kept = conditions.filter((text, at) => conditions.findIndex((other) => word(other) === word(text)) === at)
  return `-A ${chain}${kept.join('')}${doubt} ${dice.pick(targets)}`.trimEnd()
}

function word(condition: string): string {
  return condition
    .replace(' !', '')
    .trim()
    .split(' ')
    .slice(0, condition.trim().startsWith('-m') ? 2 : 1)
    .join(' ')
}

export function randomRules(dice: Dice, undecidable: boolean): string {
  const lines: string[] = []
  for (const [table, chains] of Object.entries(BASE)) {
    lines.push(
      `*${table}`,
      ...chains.map((chain) => `:${chain} ${dice.chance(table === 'filter' ? 3 : 9) ? 'DROP' : 'ACCEPT'} [0:0]`),
    )
    lines.push(...USER.map((chain) => `:${chain} - [0:0]`))
    if (table === 'raw') lines.push(...SILENCE.map((text) => `-A OUTPUT ${text}`))
    for (const chain of [...chains, ...USER]) {
      const many = table === 'filter' || USER.includes(chain) ? 6 : 2
      for (let n = dice.roll(many); n > 0; n--) lines.push(rule(dice, table, chain, undecidable))
    }
    lines.push('COMMIT')
  }
  return `${lines.join('\n')}\n`
}
