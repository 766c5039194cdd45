import { testCheck } from '../check-tester.ts'
import { dr, ipvs, NO_FIREWALL, nat, sysctls, tun, VIP, without } from './support/cluster.ts'

const GUARD = '-A INPUT -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -m state --state NEW -j DROP'
const UNTRACKED = sysctls({ 'net.ipv4.vs.conntrack': 0 })
const rules = (...lines: readonly string[]): string => [NO_FIREWALL.trim(), ...lines].join('\n')
type Outputs = Readonly<Record<string, string>>
const onDirector = (text: string, base: Outputs = dr.ds1, values = UNTRACKED) => ({
  ds1: { ...base, 'iptables -S': text, 'sysctl -a': values },
})

testCheck('director-drops-new-not-syn', {
  fail: [
    {
      name: 'the usual guard against scans on a DR director',
      hosts: onDirector(rules(GUARD)),
      claims: [
        {
          message: 'data-dropped',
          data: { host: 'ds1', target: `${VIP}:80`, rule: GUARD, latent: false },
          lines: [GUARD, 'net.ipv4.vs.conntrack = 0'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'in TUN mode too, and an accept for what is established ahead of it does not help',
      hosts: onDirector(rules('-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT', GUARD), tun.ds1),
      claims: [{ message: 'data-dropped', data: { host: 'ds1' }, lines: [GUARD] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules(GUARD), 'sysctl -a': UNTRACKED }, ds1: dr.ds1 },
      claims: [{ message: 'data-dropped', data: { latent: true }, lines: [GUARD], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onDirector(NO_FIREWALL) },
    {
      name: 'NEW is accepted for the port ahead of the guard, SYN or not',
      hosts: onDirector(rules('-A INPUT -p tcp -m state --state NEW -m tcp --dport 80 -j ACCEPT', GUARD)),
    },
    { name: 'the VIP is exempt', hosts: onDirector(rules(`-A INPUT -d ${VIP}/32 -j ACCEPT`, GUARD)) },
  ],
  notApplicable: [
    {
      name: 'only UDP is balanced past the director',
      hosts: {
        ds1: {
          ...without(dr.ds1, 'cat /etc/keepalived/keepalived.conf'),
          'iptables -S': rules(GUARD),
          'ipvsadm -Ln': ipvs(['192.168.10.21:53 Route 1'], `UDP  ${VIP}:53 rr`),
        },
      },
      reason: 'no-address',
    },
  ],
  undecided: [
    {
      name: 'net.ipv4.vs.conntrack was not read',
      hosts: onDirector(rules(GUARD), dr.ds1, sysctls()),
      reason: 'tracked',
    },
    {
      name: 'IPVS keeps its connections in connection tracking',
      hosts: onDirector(
        rules('-A INPUT -m state --state ESTABLISHED -j ACCEPT', GUARD),
        dr.ds1,
        sysctls({ 'net.ipv4.vs.conntrack': 1 }),
      ),
      reason: 'tracked',
    },
    {
      name: 'the port is shut altogether',
      hosts: onDirector(rules('-A INPUT -p tcp --dport 80 -j DROP')),
      reason: 'opening-refused',
    },
    {
      name: 'a guard that depends on an ipset',
      hosts: onDirector(rules(GUARD.replace('-j DROP', '-m set --match-set bad src -j DROP'))),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'an nft chain may drop as well',
      hosts: {
        ds1: {
          ...dr.ds1,
          'sysctl -a': UNTRACKED,
          'nft list ruleset':
            'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}',
        },
      },
      reason: 'other-filter',
    },
    { name: 'nft was not listed', hosts: { ds1: without(dr.ds1, 'nft list ruleset') }, reason: 'nft-unseen' },
  ],
  notMeant: [{ name: 'behind NAT the connection is whole', hosts: onDirector(rules(GUARD), nat.ds1) }],
})
