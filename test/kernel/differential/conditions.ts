/** Conditions of rules, by where the rule stands. */
import * as fc from 'fast-check'
import type { Condition, Place } from './rule-sets.ts'

const TCP = [' --dport 80', ' --dport 1000:2000', ' ! --dport 80', ' --sport 1024:', ' ! --sport 53', ' --dport :1023']
const FLAGS = [' --syn', ' ! --syn', ' --tcp-flags SYN,ACK ACK', ' --tcp-flags ALL NONE', ' --tcp-flags FIN,RST RST']
const LISTS = [' --dports 53,80,1000:1100', ' ! --ports 53,5000', ' --sports 40000:50000', ' --dports 8080']
const ICMP = ['8', '0', '3', '3/4', '11', '17', 'any', 'echo-request', 'port-unreachable', 'fragmentation-needed']

const transport: readonly string[] = [
  ' -p tcp',
  ' -p udp',
  ...['tcp', 'udp'].flatMap((name) => [
    ...TCP.map((port) => ` -p ${name} -m ${name}${port}`),
    ...LISTS.map((list) => ` -p ${name} -m multiport${list}`),
  ]),
  ...FLAGS.map((flags) => ` -p tcp -m tcp${flags}`),
  ' -p tcp -m tcp --dport 80 --syn',
  ...ICMP.map((type) => ` -p icmp -m icmp --icmp-type ${type}`),
  ' -p icmp -m icmp ! --icmp-type 8',
  ' -p icmp',
  ' -p 112',
  ' -p vrrp',
  ' -p 4',
  ' -p ipencap',
  ' -p ipip',
  ' ! -p tcp',
  ' ! -p vrrp',
  ' ! -p udp',
]

const addresses = [
  ' -s 10.0.0.0/24',
  ' ! -s 10.0.0.9',
  ' -s 192.0.2.7',
  ' -s 10.0.0.8/255.0.0.9',
  ' -s 10.0.0.2',
  ' -d 10.9.9.9',
  ' -d 224.0.0.0/4',
  ' ! -d 10.0.0.2',
  ' -d 10.0.1.0/24',
  ' -d 10.0.2.77',
  ' -d 10.0.0.255',
  ' -d 198.51.100.0/24',
]

const states = ['NEW', 'ESTABLISHED', 'ESTABLISHED,RELATED', 'RELATED', 'INVALID', 'NEW,ESTABLISHED', 'UNTRACKED']
const state = states.flatMap((list) => [
  ` -m state --state ${list}`,
  ` -m conntrack --ctstate ${list}`,
  ` -m conntrack ! --ctstate ${list}`,
])

const others: readonly string[] = [
  ' -m pkttype --pkt-type multicast',
  ' -m pkttype --pkt-type broadcast',
  ' -m pkttype ! --pkt-type unicast',
  ...['LOCAL', 'UNICAST', 'MULTICAST', 'BROADCAST', 'MULTICAST,BROADCAST', 'LOCAL,UNICAST'].flatMap((type) => [
    ` -m addrtype --dst-type ${type}`,
    ` -m addrtype ! --dst-type ${type}`,
  ]),
  ' -m addrtype --src-type UNICAST',
  ' -m addrtype --src-type LOCAL',
  ' -m mark --mark 0x1/0x3',
  ' -m mark --mark 0x2',
  ' -m mark ! --mark 0x0',
  ' -m iprange --src-range 10.0.0.5-10.0.0.20',
  ' -m iprange --dst-range 10.0.1.0-10.0.2.255',
  ' -m iprange ! --dst-range 10.0.0.0-10.255.255.255',
  ' -m comment --comment "let it -j DROP in"',
  ' ! -f',
  ' -f',
]

const incoming = [' -i v0', ' -i v+', ' ! -i v1', ' -i v', ' -i lo', ' ! -i lo', ' -i v0+']
const outgoing = [' -o v1', ' -o v+', ' ! -o v0', ' -o lo', ' -o v2']
const mac = [' -m mac --mac-source 02:00:00:00:00:aa', ' -m mac ! --mac-source 02:00:00:00:00:aa']

/** They hold or fail by what no listing tells; here they all hold but the last. */
const undecidable = [
  ' -m limit --limit 10000/sec --limit-burst 10000',
  ' -m ttl --ttl-gt 2',
  ' -m length --length 20:1500',
  ' -m statistic --mode nth --every 1 --packet 0',
  ' -m ttl --ttl-lt 2',
]

const ARRIVING = ['PREROUTING', 'INPUT', 'FORWARD']
const LEAVING = ['FORWARD', 'OUTPUT', 'POSTROUTING']

export function conditionsAt({ from }: Place): fc.Arbitrary<Condition> {
  const all = (list: readonly string[]): boolean => from.every((chain) => list.includes(chain))
  const own = from.length === 1
  const interfaces = [
    ...(!own || all(ARRIVING) ? incoming : []),
    ...(!own || all(LEAVING) ? outgoing : []),
    ...(all(ARRIVING) ? mac : []),
  ]
  return fc
    .oneof(
      { weight: 40, arbitrary: fc.constantFrom(...transport) },
      { weight: 20, arbitrary: fc.constantFrom(...addresses) },
      { weight: 20, arbitrary: fc.constantFrom(...interfaces) },
      { weight: 12, arbitrary: fc.constantFrom(...state) },
      { weight: 25, arbitrary: fc.constantFrom(...others) },
      { weight: 1, arbitrary: fc.constantFrom(...undecidable) },
    )
    .map((text) => ({ word: wordOf(text), text }))
}

/** `-p`, `-s`, `-m state` … */
function wordOf(text: string): string {
  const words = text.replace(' !', '').trim().split(' ')
  return words[0] === '-m' ? `-m ${words[1]}` : (words[0] ?? '')
}

export function isUndecidable({ text }: Condition): boolean {
  return undecidable.includes(text)
}
