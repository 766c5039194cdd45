import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, ipvs, tun, VIP, without } from './support/cluster.ts'

const BASE = `
-P INPUT ACCEPT
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 80 -j ACCEPT`

const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'
const rules = (...lines: readonly string[]): string => [BASE, ...lines, REJECT].join('\n')
const onServer = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...tun.rs1, 'iptables -S': text, ...more },
  ds1: tun.ds1,
  ds2: tun.ds2,
})

const DROPPED_BY_RS =
  'IP 192.168.20.21 > 192.168.10.11: ICMP host 192.168.20.21 unreachable - admin prohibited, length 88'
const capture = (...packets: readonly string[]): string =>
  [
    'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
    'listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
    ...packets.map((packet, second) => `13:33:${40 + second}.240019 ${packet}`),
    `${packets.length} packets captured`,
    `${packets.length} packets received by filter`,
    '0 packets dropped by kernel',
  ].join('\n')

testCheck('rs-proto4-blocked', {
  fail: [
    {
      name: 'the port of the service is open, IP in IP is not',
      hosts: onServer(rules()),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'rs1', rip: '192.168.20.21', from: 'ds1 and ds2', rule: REJECT, latent: false },
          lines: [REJECT],
          hosts: ['rs1', 'ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'policy DROP',
      hosts: onServer(BASE.replace('-P INPUT ACCEPT', '-P INPUT DROP')),
      claims: [{ message: 'dropped-by-policy', data: { host: 'rs1' }, lines: ['-P INPUT DROP'] }],
    },
    {
      name: 'the real server tells the director so by ICMP: direct proof',
      hosts: onServer(rules(), { 'tcpdump -nn -i eth0': capture(DROPPED_BY_RS) }),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'rs1' },
          lines: [REJECT, `13:33:40.240019 ${DROPPED_BY_RS}`],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'accepted from the working director only: latent, a warning',
      hosts: onServer(rules('-A INPUT -s 192.168.10.11/32 -p ipencap -j ACCEPT')),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { from: 'ds2', latent: true },
          lines: [REJECT],
          hosts: ['rs1', 'ds2'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'the word ipip is protocol 94 to iptables, not 4',
      hosts: onServer(rules('-A INPUT -p ipip -j ACCEPT')),
      claims: [{ message: 'rejected-by-rule', data: { host: 'rs1' }, lines: [REJECT] }],
    },
    {
      name: 'accepted by tunl0, where it does not come in: the outer packet arrives by eth0',
      hosts: onServer(rules('-A INPUT -i tunl0 -j ACCEPT')),
      claims: [{ message: 'rejected-by-rule', data: { host: 'rs1' }, lines: [REJECT] }],
    },
    {
      name: 'no director was pasted: the VIP on tunl0 gives it away',
      hosts: {
        rs1: {
          'ip addr': ipAddr([
            { name: 'tunl0', kind: 'ipip', addresses: [`${VIP}/32`] },
            { name: 'eth0', addresses: ['192.168.20.21/24'] },
          ]),
          'iptables -S': rules(),
        },
      },
      claims: [{ message: 'rejected-by-rule', data: { from: 'its director' }, lines: [REJECT], hosts: ['rs1'] }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onServer(tun.rs1['iptables -S'] ?? '') },
    { name: '-p ipencap, as iptables -S prints 4', hosts: onServer(rules('-A INPUT -p ipencap -j ACCEPT')) },
    {
      name: '-p 4 from the net of the directors',
      hosts: onServer(rules('-A INPUT -s 192.168.10.0/24 -p 4 -j ACCEPT')),
    },
    { name: 'everything on eth0', hosts: onServer(rules('-A INPUT -i eth0 -j ACCEPT')) },
    {
      name: 'ICMP about something else is no matter of the tunnel',
      hosts: onServer(rules('-A INPUT -p 4 -j ACCEPT'), { 'tcpdump -nn -i eth0': capture(DROPPED_BY_RS) }),
    },
  ],
  notApplicable: [
    {
      name: 'one service balances by DR here, and by TUN elsewhere',
      hosts: {
        rs1: { ...dr.rs1, 'iptables -S': rules() },
        ds1: {
          ...dr.ds1,
          'ipvsadm -Ln': ipvs(['192.168.10.21:80 Route 1', '192.168.20.22:80 Tunnel 1']),
          'cat /etc/keepalived/keepalived.conf': conf({ servers: [] }),
        },
      },
      reason: 'no-tunnel',
    },
  ],
  undecided: [
    {
      name: 'an accept that depends on an ipset',
      hosts: onServer(rules('-A INPUT -m set --match-set directors src -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: "accepted from one address, and the director's was not seen",
      hosts: {
        rs1: { ...tun.rs1, 'iptables -S': rules('-A INPUT -s 192.168.10.11/32 -p ipencap -j ACCEPT') },
        ds1: { 'cat /etc/keepalived/keepalived.conf': conf({ kind: 'TUN', servers: ['192.168.20.21 80'] }) },
      },
      reason: 'rule-cannot-tell',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: onServer(tun.rs1['iptables -S'] ?? '', {
        'nft list ruleset': `
table inet filter {
	chain input {
		type filter hook input priority 0; policy drop;
		tcp dport 80 accept
	}
}`,
      }),
      reason: 'other-filter',
    },
    {
      name: 'iptables accepts, nft was not listed',
      hosts: { rs1: without(tun.rs1, 'nft list ruleset'), ds1: tun.ds1, ds2: tun.ds2 },
      reason: 'nft-unseen',
    },
  ],
  notMeant: [
    { name: 'a DR real server gets no tunnel', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules() }, ds1: dr.ds1 } },
    { name: 'the director', hosts: { ds1: { ...tun.ds1, 'iptables -S': rules() }, rs1: tun.rs1 } },
  ],
})
