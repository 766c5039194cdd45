import { testCheck } from '../check-tester.ts'
import { client, conf, dr, NO_FIREWALL, nat, tun, VIP, without } from './support/cluster.ts'

const DROP = '-A OUTPUT -j DROP'
const rules = (...lines: readonly string[]): string =>
  [NO_FIREWALL.trim(), '-A OUTPUT -o lo -j ACCEPT', '-A OUTPUT -p vrrp -j ACCEPT', ...lines, DROP].join('\n')
type Outputs = Readonly<Record<string, string>>
const onDirector = (text: string, at: { ds1: Outputs } = dr) => ({ ds1: { ...at.ds1, 'iptables -S': text } })

testCheck('director-output-blocks-ipvs', {
  fail: [
    {
      name: 'DR: open towards the real servers, and the packet still carries the VIP',
      hosts: onDirector(rules('-A OUTPUT -d 192.168.10.21/32 -j ACCEPT', '-A OUTPUT -d 192.168.10.22/32 -j ACCEPT')),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds1', servers: '192.168.10.21, 192.168.10.22', rule: DROP, latent: false },
          lines: [DROP],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'TUN: TCP is let out, IP in IP is not',
      hosts: onDirector(rules('-A OUTPUT -p tcp -j ACCEPT'), tun),
      claims: [{ message: 'rejected-by-rule', data: { what: 'IP protocol 4 (IP in IP)' }, lines: [DROP] }],
    },
    {
      name: 'NAT: a rule for what is established does not match',
      hosts: onDirector(rules('-A OUTPUT -m state --state RELATED,ESTABLISHED -j ACCEPT'), nat),
      claims: [{ message: 'rejected-by-rule', data: { servers: '10.10.0.21, 10.10.0.22' }, lines: [DROP] }],
    },
    {
      name: 'NAT: the director may send to the servers, but what it sends on bears the address of a client',
      hosts: { ...onDirector(rules('-A OUTPUT -s 10.10.0.0/24 -d 10.10.0.0/24 -p tcp -j ACCEPT'), nat), client },
      claims: [{ message: 'rejected-by-rule', data: { servers: '10.10.0.21, 10.10.0.22' }, lines: [DROP] }],
    },
    {
      name: 'policy DROP',
      hosts: onDirector('-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT DROP\n-A OUTPUT -p vrrp -j ACCEPT'),
      claims: [{ message: 'dropped-by-policy', data: { host: 'ds1' }, lines: ['-P OUTPUT DROP'] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules() }, ds1: dr.ds1 },
      claims: [{ message: 'rejected-by-rule', data: { latent: true }, lines: [DROP], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onDirector(NO_FIREWALL) },
    { name: 'DR: the VIP is let out', hosts: onDirector(rules(`-A OUTPUT -d ${VIP}/32 -p tcp --dport 80 -j ACCEPT`)) },
    { name: 'TUN: protocol 4 is let out', hosts: onDirector(rules('-A OUTPUT -p ipencap -j ACCEPT'), tun) },
    { name: 'NAT: the LAN is open', hosts: onDirector(rules('-A OUTPUT -o eth1 -j ACCEPT'), nat) },
  ],
  notApplicable: [
    {
      name: 'a service by firewall mark has no address of its own',
      hosts: {
        ds1: {
          ...without(dr.ds1, 'ipvsadm -Ln'),
          'iptables -S': rules(),
          'cat /etc/keepalived/keepalived.conf': conf({}).replace(
            `virtual_server ${VIP} 80`,
            'virtual_server fwmark 8',
          ),
        },
      },
      reason: 'no-address',
    },
  ],
  undecided: [
    {
      name: 'an accept that depends on an ipset',
      hosts: onDirector(rules('-A OUTPUT -m set --match-set out dst -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'iptables lets out, an nft chain may not',
      hosts: {
        ds1: {
          ...dr.ds1,
          'nft list ruleset':
            'table inet filter {\n\tchain output {\n\t\ttype filter hook output priority 0; policy drop;\n\t}\n}',
        },
      },
      reason: 'other-filter',
    },
    { name: 'nft was not listed', hosts: { ds1: without(dr.ds1, 'nft list ruleset') }, reason: 'nft-unseen' },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules() }, ds1: dr.ds1 } }],
})
