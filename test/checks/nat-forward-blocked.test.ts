import { testCheck } from '../check-tester.ts'
import { CLIENT, conf, dr, ipvs, nat, without } from './support/cluster.ts'

const REJECT = '-A FORWARD -j REJECT --reject-with icmp-host-prohibited'
const STATEFUL = '-A FORWARD -m state --state RELATED,ESTABLISHED -j ACCEPT'
const FROM_SERVERS = '-A FORWARD -s 10.10.0.0/24 -j ACCEPT'

const rules = (...lines: readonly string[]): string =>
  ['-P INPUT ACCEPT', '-P FORWARD ACCEPT', '-P OUTPUT ACCEPT', ...lines].join('\n')
const values = (conntrack?: number): string =>
  `${nat.ds1['sysctl -a'] ?? ''}${conntrack === undefined ? '' : `\nnet.ipv4.vs.conntrack = ${conntrack}`}`

const director = (text: string, conntrack?: number, more: Readonly<Record<string, string>> = {}) => ({
  ds1: { ...nat.ds1, 'iptables -S': text, 'sysctl -a': values(conntrack), ...more },
})

const CONNS = `
IPVS connection entries
pro expire state       source             virtual            destination
TCP 00:39  SYN_RECV    ${CLIENT}:38686  192.168.10.100:80  10.10.0.22:80`

const PROHIBITED = `13:33:40.240019 IP 10.10.0.11 > 10.10.0.21: ICMP host ${CLIENT} unreachable - admin prohibited, length 68`
const PROBE =
  '13:33:40.240019 IP 10.10.0.11 > 10.10.0.21: ICMP host 10.10.0.11 unreachable - admin prohibited, length 68'
const capture = (packet: string): string =>
  [
    'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
    'listening on eth1, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
    packet,
    '1 packet captured',
    '1 packet received by filter',
    '0 packets dropped by kernel',
  ].join('\n')
const TCPDUMP = 'tcpdump -nn -i eth1'

testCheck('nat-forward-blocked', {
  fail: [
    {
      name: 'the catch-all REJECT of CentOS in FORWARD',
      hosts: { ...director(rules(REJECT), 0), rs1: nat.rs1, rs2: nat.rs2 },
      claims: [
        {
          message: 'rejected-by-rule',
          data: {
            host: 'ds1',
            servers: '10.10.0.21 and 10.10.0.22',
            client: 'any client',
            rule: REJECT,
            stateful: false,
            latent: false,
          },
          lines: [REJECT],
          hosts: ['ds1', 'rs1', 'rs2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'RELATED,ESTABLISHED does not count the answers while net.ipv4.vs.conntrack is 0',
      hosts: director(rules(STATEFUL, REJECT), 0),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { stateful: true },
          lines: [REJECT, 'net.ipv4.vs.conntrack = 0'],
        },
      ],
    },
    {
      name: 'refused in any state, so the value need not be known',
      hosts: director(rules(REJECT)),
      claims: [{ message: 'rejected-by-rule', data: { stateful: false }, lines: [REJECT] }],
    },
    {
      name: 'policy DROP, as Docker sets it',
      hosts: director(rules().replace('-P FORWARD ACCEPT', '-P FORWARD DROP'), 1),
      claims: [{ message: 'dropped-by-policy', data: { host: 'ds1' }, lines: ['-P FORWARD DROP'] }],
    },
    {
      name: 'INVALID is dropped ahead of the accept',
      hosts: director(rules('-A FORWARD -m conntrack --ctstate INVALID -j DROP', FROM_SERVERS, REJECT), 0),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { rule: '-A FORWARD -m conntrack --ctstate INVALID -j DROP', stateful: true },
          lines: ['-A FORWARD -m conntrack --ctstate INVALID -j DROP'],
        },
      ],
    },
    {
      name: 'only towards the clients is open: the answers come from the servers',
      hosts: director(rules('-A FORWARD -i eth0 -o eth1 -j ACCEPT', REJECT), 0),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [REJECT] }],
    },
    {
      name: 'one server is forgotten',
      hosts: director(rules('-A FORWARD -s 10.10.0.21/32 -p tcp -m tcp --sport 80 -j ACCEPT', REJECT), 0),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { servers: '10.10.0.22' },
          lines: [REJECT],
        },
      ],
    },
    {
      name: 'accepted to another network than that of the client who asks',
      hosts: director(rules('-A FORWARD -s 10.10.0.0/24 -d 172.20.0.0/16 -j ACCEPT', REJECT), 0, {
        'ipvsadm -Lnc': CONNS,
      }),
      claims: [{ message: 'rejected-by-rule', data: { client: CLIENT }, lines: [REJECT] }],
    },
    {
      name: 'the director tells the server so by ICMP: direct proof',
      hosts: director(rules(REJECT), 0, { [TCPDUMP]: capture(PROHIBITED) }),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [REJECT, PROHIBITED], proof: 'direct' }],
    },
    {
      name: 'ICMP about its own address was about a health check',
      hosts: director(rules(REJECT), 0, { [TCPDUMP]: capture(PROBE) }),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [REJECT], proof: 'inferred' }],
    },
    {
      name: 'on the director that does not hold the VIP it is latent: a warning',
      hosts: { ds2: { ...nat.ds2, 'iptables -S': rules(REJECT) }, ds1: nat.ds1 },
      claims: [
        { message: 'rejected-by-rule', data: { host: 'ds2', latent: true }, lines: [REJECT], severity: 'warning' },
      ],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: director(rules(), 0) },
    { name: 'accepted from the servers', hosts: director(rules(STATEFUL, FROM_SERVERS, REJECT), 0) },
    {
      name: 'accepted by the port the servers answer from',
      hosts: director(rules('-A FORWARD -p tcp -m tcp --sport 80 -j ACCEPT', REJECT), 0),
    },
    {
      name: 'accepted from the side of the servers to that of the clients',
      hosts: director(rules('-A FORWARD -i eth1 -o eth0 -j ACCEPT', REJECT), 0),
    },
    { name: 'RELATED,ESTABLISHED with net.ipv4.vs.conntrack=1', hosts: director(rules(STATEFUL, REJECT), 1) },
    {
      name: 'accepted to the network of the client who asks',
      hosts: director(rules('-A FORWARD -s 10.10.0.0/24 -d 172.16.0.0/16 -j ACCEPT', REJECT), 0, {
        'ipvsadm -Lnc': CONNS,
      }),
    },
  ],
  notApplicable: [
    {
      name: 'the only server behind NAT is the director itself',
      hosts: {
        ds1: {
          ...nat.ds1,
          'iptables -S': rules(REJECT),
          'ipvsadm -Ln': ipvs(['192.168.10.11:80 Masq 1']),
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: ['192.168.10.11 80'] }),
        },
      },
      reason: 'servers-are-local',
    },
  ],
  undecided: [
    {
      name: 'RELATED,ESTABLISHED alone, and net.ipv4.vs.conntrack was not seen',
      hosts: director(rules(STATEFUL, REJECT)),
      reason: 'conntrack-unknown',
    },
    {
      name: 'accepted to one network, and no client is known',
      hosts: director(rules('-A FORWARD -d 172.16.0.0/16 -j ACCEPT', REJECT), 0),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'a service by firewall mark, and only TCP is accepted',
      hosts: {
        ds1: {
          ...nat.ds1,
          'sysctl -a': values(1),
          'iptables -S': rules('-A FORWARD -p tcp -j ACCEPT', REJECT),
          'ipvsadm -Ln': ipvs(['10.10.0.21:0 Masq 1'], 'FWM  8 rr'),
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: [] }),
        },
      },
      reason: 'rule-cannot-tell',
    },
    {
      name: 'iptables forwards, an nft chain may not',
      hosts: director(rules(), 0, {
        'nft list ruleset': `
table inet filter {
	chain forward {
		type filter hook forward priority 0; policy drop;
		ct state established,related accept
	}
}`,
      }),
      reason: 'other-filter',
    },
    {
      name: 'iptables forwards, nft was not listed',
      hosts: { ds1: without(nat.ds1, 'nft list ruleset'), ds2: nat.ds2 },
      reason: 'nft-unseen',
    },
  ],
  notMeant: [
    {
      name: 'a DR director forwards no answers',
      hosts: { ds1: { ...dr.ds1, 'iptables -S': rules(REJECT) }, rs1: dr.rs1 },
    },
    { name: 'a real server behind NAT', hosts: { rs1: { ...nat.rs1, 'iptables -S': rules(REJECT) }, ds1: nat.ds1 } },
  ],
})
