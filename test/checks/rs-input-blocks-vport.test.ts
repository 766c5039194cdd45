import { testCheck } from '../check-tester.ts'
import { CLIENT, dr, NO_FIREWALL, nat, tun, two, VIP, without } from './support/cluster.ts'

const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'
const rules = (...lines: readonly string[]): string =>
  [
    '-P INPUT ACCEPT',
    '-P FORWARD ACCEPT',
    '-P OUTPUT ACCEPT',
    '-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT',
    '-A INPUT -i lo -j ACCEPT',
    '-A INPUT -p ipencap -j ACCEPT',
    ...lines,
    REJECT,
  ].join('\n')
type Outputs = Readonly<Record<string, string>>
const onServer = (text: string, more: Outputs = {}, at: { ds1: Outputs; rs1: Outputs } = dr) => ({
  rs1: { ...at.rs1, 'iptables -S': text },
  ds1: { ...at.ds1, ...more },
})
const asked = (...clients: readonly string[]): Outputs => ({
  'ipvsadm -Lnc': [
    'IPVS connection entries',
    'pro expire state       source             virtual            destination',
    ...clients.map((ip) => `TCP 00:58  SYN_RECV    ${ip}:40000  ${VIP}:80  192.168.10.21:80`),
  ].join('\n'),
})
const REDIRECT = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -d ${VIP}/32 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 80
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]`

testCheck('rs-input-blocks-vport', {
  fail: [
    {
      name: 'DR: the port is open for the own address of the server alone',
      hosts: onServer(rules('-A INPUT -d 192.168.10.21/32 -p tcp --dport 80 -j ACCEPT')),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'rs1', target: '192.168.10.100:80', rip: '192.168.10.21', virtual: true, idle: false },
          lines: [REJECT],
          hosts: ['rs1'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'TUN: open on eth0, and the request comes out of tunl0',
      hosts: onServer(rules('-A INPUT -i eth0 -p tcp --dport 80 -j ACCEPT'), {}, tun),
      claims: [{ message: 'rejected-by-rule', data: { virtual: true }, lines: [REJECT] }],
    },
    {
      name: 'NAT: open for the LAN, and requests come from clients',
      hosts: onServer(
        rules('-A INPUT -s 10.10.0.0/24 -p tcp --dport 80 -j ACCEPT'),
        { 'ipvsadm -Lnc': asked(CLIENT)['ipvsadm -Lnc']?.replace('192.168.10.21', '10.10.0.21') ?? '' },
        nat,
      ),
      claims: [{ message: 'rejected-by-rule', data: { target: '10.10.0.21:80', virtual: false }, lines: [REJECT] }],
    },
    {
      name: 'policy DROP',
      hosts: onServer('-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-A INPUT -p tcp --dport 22 -j ACCEPT'),
      claims: [{ message: 'dropped-by-policy', data: { host: 'rs1' }, lines: ['-P INPUT DROP'] }],
    },
    {
      name: 'the server has weight 0: a warning',
      hosts: onServer(rules(), { 'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace(/(\.21:80 +Route +)1/, '$10') }),
      claims: [{ message: 'rejected-by-rule', data: { idle: true }, lines: [REJECT], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onServer(NO_FIREWALL) },
    { name: 'the port is open for whatever address', hosts: onServer(rules('-A INPUT -p tcp --dport 80 -j ACCEPT')) },
    { name: 'the VIP is let in', hosts: onServer(rules(`-A INPUT -d ${VIP}/32 -j ACCEPT`)) },
    { name: 'TUN: everything out of tunl0', hosts: onServer(rules('-A INPUT -i tunl0 -j ACCEPT'), {}, tun) },
    {
      name: 'NAT: open for the network of the clients',
      hosts: onServer(rules('-A INPUT -p tcp --dport 80 -j ACCEPT'), {}, nat),
    },
    {
      name: 'redirected to the server itself, whose address is open',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'iptables -S'),
          'iptables-save': `${REDIRECT}\n-A INPUT ! -d ${VIP}/32 -p tcp --dport 80 -j ACCEPT\n-A INPUT -p tcp --dport 80 -j ACCEPT\nCOMMIT`,
        },
        ds1: dr.ds1,
      },
    },
  ],
  notApplicable: [
    {
      name: 'the only director is the server itself',
      hosts: { ds1: { ...two.ds1, 'iptables -S': rules() } },
      reason: 'serves-itself',
    },
  ],
  undecided: [
    {
      name: 'open for a network, and nobody knows who asks',
      hosts: onServer(rules('-A INPUT -s 172.16.0.0/24 -p tcp --dport 80 -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'open for one of the clients: that may be meant',
      hosts: onServer(rules(`-A INPUT -s ${CLIENT}/32 -p tcp --dport 80 -j ACCEPT`), asked(CLIENT, '172.16.9.9')),
      reason: 'some-clients',
    },
    {
      name: 'redirected, and what the server then accepts depends on an address that is not known',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'iptables -S'),
          'iptables-save': `${REDIRECT}\n-A INPUT -d 192.168.10.21/32 -p tcp --dport 80 -j ACCEPT\n-A INPUT -j DROP\nCOMMIT`,
        },
        ds1: dr.ds1,
      },
      reason: 'redirected',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: {
        rs1: {
          ...dr.rs1,
          'nft list ruleset':
            'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}',
        },
        ds1: dr.ds1,
      },
      reason: 'other-filter',
    },
    {
      name: 'nft was not listed',
      hosts: { rs1: without(dr.rs1, 'nft list ruleset'), ds1: dr.ds1 },
      reason: 'nft-unseen',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: { ...dr.ds1, 'iptables -S': rules() }, rs1: dr.rs1 } }],
})
