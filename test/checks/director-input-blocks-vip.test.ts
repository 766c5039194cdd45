import { testCheck } from '../check-tester.ts'
import { CLIENT, conf, dr, ipAddr, ipvs, nat, without } from './support/cluster.ts'

const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'
const rules = (...lines: readonly string[]): string =>
  [
    '-P INPUT ACCEPT',
    '-P FORWARD ACCEPT',
    '-P OUTPUT ACCEPT',
    '-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT',
    '-A INPUT -p icmp -j ACCEPT',
    '-A INPUT -i lo -j ACCEPT',
    '-A INPUT -p vrrp -j ACCEPT',
    '-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT',
    ...lines,
    REJECT,
  ].join('\n')
const onDirector = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  ds1: { ...dr.ds1, 'iptables -S': text, ...more },
  rs1: dr.rs1,
})
const CONNS = `IPVS connection entries
pro expire state       source             virtual            destination
TCP 00:58  SYN_RECV    ${CLIENT}:40000  192.168.10.100:80  192.168.10.21:80`

testCheck('director-input-blocks-vip', {
  fail: [
    {
      name: 'SSH and VRRP are let in, the service is not',
      hosts: onDirector(rules()),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds1', target: '192.168.10.100:80', rule: REJECT, latent: false },
          lines: [REJECT],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'policy DROP without a rule for the port',
      hosts: onDirector('-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-A INPUT -p tcp --dport 22 -j ACCEPT'),
      claims: [{ message: 'dropped-by-policy', data: { host: 'ds1' }, lines: ['-P INPUT DROP'] }],
    },
    {
      name: "the port is open for the director's own address, and requests carry the VIP",
      hosts: onDirector(rules('-A INPUT -d 192.168.10.11/32 -p tcp --dport 80 -j ACCEPT')),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [REJECT] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules() }, ds1: dr.ds1 },
      claims: [{ message: 'rejected-by-rule', data: { latent: true }, lines: [REJECT], severity: 'warning' }],
    },
    {
      name: 'in NAT mode too',
      hosts: { ds1: { ...nat.ds1, 'iptables -S': rules() } },
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [REJECT] }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onDirector(dr.ds1['iptables -S'] ?? '') },
    { name: 'the port is open', hosts: onDirector(rules('-A INPUT -p tcp --dport 80 -j ACCEPT')) },
    { name: 'a range of ports', hosts: onDirector(rules('-A INPUT -p tcp --dport 1:1024 -j ACCEPT')) },
    { name: 'several ports', hosts: onDirector(rules('-A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT')) },
    { name: 'everything to the VIP', hosts: onDirector(rules('-A INPUT -d 192.168.10.100/32 -j ACCEPT')) },
    {
      name: 'from the clients that are known',
      hosts: onDirector(rules('-A INPUT -s 172.16.0.0/24 -p tcp --dport 80 -j ACCEPT'), { 'ipvsadm -Lnc': CONNS }),
    },
  ],
  notApplicable: [
    {
      name: 'a service by firewall mark has no address of its own',
      hosts: {
        ds1: {
          ...without(dr.ds1, 'ipvsadm -Ln'),
          'iptables -S': rules(),
          'cat /etc/keepalived/keepalived.conf': conf({ servers: [] }).replace(
            'virtual_server 192.168.10.100 80',
            'virtual_server fwmark 8',
          ),
        },
      },
      reason: 'no-address',
    },
  ],
  undecided: [
    {
      name: 'open for a network, and nobody knows who asks',
      hosts: onDirector(rules('-A INPUT -s 172.16.0.0/24 -p tcp --dport 80 -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'open for one of the clients: that may be meant',
      hosts: onDirector(rules('-A INPUT -s 172.16.0.10/32 -p tcp --dport 80 -j ACCEPT'), {
        'ipvsadm -Lnc': `${CONNS}\nTCP 00:58  SYN_RECV    172.16.9.9:40000  192.168.10.100:80  192.168.10.21:80`,
      }),
      reason: 'some-clients',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: onDirector(dr.ds1['iptables -S'] ?? '', {
        'nft list ruleset':
          'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}',
      }),
      reason: 'other-filter',
    },
    {
      name: 'nft was not listed',
      hosts: { ds1: without(dr.ds1, 'nft list ruleset'), rs1: dr.rs1 },
      reason: 'nft-unseen',
    },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules() }, ds1: dr.ds1 } }],
  notChecked: [
    { name: 'no rules were listed', hosts: { ds1: without(dr.ds1, 'iptables -S') } },
    { name: 'nothing but addresses and a table', hosts: { ds1: { 'ip addr': ipAddr([]), 'ipvsadm -Ln': ipvs([]) } } },
  ],
})
