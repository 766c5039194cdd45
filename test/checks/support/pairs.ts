/** Two directors by their keepalived.conf, and the logs that keepalived 2.2.7 wrote about it in network namespaces. */
import type { CaseSpec, ReasonSpec } from '../../check-tester.ts'
import { type ConfOptions, conf } from './cluster.ts'

export const CONF = 'cat /etc/keepalived/keepalived.conf'
export const LOG = 'cat /var/log/messages'
export const CAPTURE = "tcpdump -nn -i any -c 150 'vrrp or arp'"

export const backup: ConfOptions = { state: 'BACKUP', priority: 90 }

type More = Readonly<Record<string, string>>

export const pair = (a: string, b: string, ofA: More = {}, ofB: More = {}) => ({
  ds1: { [CONF]: a, ...ofA },
  ds2: { [CONF]: b, ...ofB },
})

export const started = (host: string, release = '2.2.7'): string =>
  `Nov 20 13:24:13 ${host} Keepalived[3]: Starting Keepalived v${release} (01/16,2022)`

/** A message of the VRRP process, `second` seconds after 13:24. */
export const said = (host: string, message: string, second = 20): string =>
  `Nov 20 13:24:${second} ${host} Keepalived_vrrp[5]: ${message}`

/** The log of a node that has come into this state. */
export const inState = (host: string, state: string, ...more: readonly string[]): More => ({
  [LOG]: [started(host), said(host, `(VI_1) Entering ${state} STATE`, 17), ...more].join('\n'),
})

/** One advert a second, as a host sees it on `any`: `Out` its own, `M` of others. */
export const adverts = (
  src: string,
  options: { readonly way?: string; readonly dst?: string; readonly say?: string; readonly count?: number } = {},
): string => {
  const { way = 'M  ', dst = '224.0.0.18', say = 'VRRPv2, Advertisement, vrid 51, prio 100', count = 8 } = options
  const tail = say.includes('intvl') ? '' : ', authtype simple, intvl 1s, length 20'
  return Array.from(
    { length: count },
    (_, second) => `13:40:${10 + second}.251324 eth0  ${way} IP ${src} > ${dst}: ${say}${tail}`,
  ).join('\n')
}

/** What tcpdump prints around the packets. */
export const captured = (...lines: readonly string[]): string => {
  const packets = lines
    .join('\n')
    .split('\n')
    .sort((a, b) => (a < b ? -1 : 1))
  return `tcpdump: data link type LINUX_SLL2
tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes
${packets.join('\n')}
${packets.length} packets captured
${packets.length} packets received by filter
0 packets dropped by kernel`
}

/** What every check that compares two files leaves open alike. */
export const openPairs: readonly ReasonSpec[] = [
  {
    name: 'an included file was not seen',
    hosts: pair(`include more.conf\n${conf()}`, conf(backup)),
    reason: 'incomplete',
  },
  { name: 'one node alone', hosts: { ds1: { [CONF]: conf() } }, reason: 'one-node' },
]

export const strangers: ReasonSpec = {
  name: 'two directors of different services',
  hosts: pair(conf(), conf({ vrid: 60, vips: ['192.168.10.200'] })),
  reason: 'alone',
}

export const healthyPair: CaseSpec = { name: 'two nodes that agree', hosts: pair(conf(), conf(backup)) }

/** unicast_src_ip and unicast_peer, for an instance. */
export const peers = (own: string, ...others: readonly string[]): { readonly instance: string } => ({
  instance: [`    unicast_src_ip ${own}`, '    unicast_peer {', ...others.map((ip) => `        ${ip}`), '    }'].join(
    '\n',
  ),
})
