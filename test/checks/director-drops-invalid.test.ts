import { testCheck } from '../check-tester.ts'
import { dr, ipvs, NO_FIREWALL, nat, sysctls, VIP, without } from './support/cluster.ts'

const GUARD = '-A INPUT -m conntrack --ctstate INVALID -j DROP'
const STRICT = sysctls({ 'net.ipv4.vs.conntrack': 0, 'net.netfilter.nf_conntrack_tcp_loose': 0 })
const LOOSE = sysctls({ 'net.ipv4.vs.conntrack': 0, 'net.netfilter.nf_conntrack_tcp_loose': 1 })
const rules = (...lines: readonly string[]): string => [NO_FIREWALL.trim(), ...lines].join('\n')
type Outputs = Readonly<Record<string, string>>
const onDirector = (text: string, values = STRICT, base: Outputs = dr.ds1) => ({
  ds1: { ...base, 'iptables -S': text, 'sysctl -a': values },
})

testCheck('director-drops-invalid', {
  fail: [
    {
      name: 'INVALID is dropped, and nothing is picked up in the middle',
      hosts: onDirector(rules(GUARD)),
      claims: [
        {
          message: 'data-dropped',
          data: { host: 'ds1', target: `${VIP}:80`, rule: GUARD, latent: false },
          lines: [GUARD, 'net.netfilter.nf_conntrack_tcp_loose = 0', 'net.ipv4.vs.conntrack = 0'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules(GUARD), 'sysctl -a': STRICT }, ds1: dr.ds1 },
      claims: [{ message: 'data-dropped', data: { latent: true }, lines: [GUARD], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'nothing drops INVALID', hosts: onDirector(NO_FIREWALL) },
    { name: 'the VIP is exempt', hosts: onDirector(rules(`-A INPUT -d ${VIP}/32 -j ACCEPT`, GUARD)) },
  ],
  notApplicable: [
    { name: 'connections are picked up in the middle', hosts: onDirector(rules(GUARD), LOOSE), reason: 'picked-up' },
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
    { name: 'the values were not read', hosts: onDirector(rules(GUARD), sysctls()), reason: 'values-unseen' },
    {
      name: 'IPVS keeps its connections in connection tracking',
      hosts: onDirector(
        rules(GUARD),
        sysctls({ 'net.ipv4.vs.conntrack': 1, 'net.netfilter.nf_conntrack_tcp_loose': 0 }),
      ),
      reason: 'values-unseen',
    },
    {
      name: 'the port is shut altogether',
      hosts: onDirector(rules('-A INPUT -p tcp --dport 80 -j DROP')),
      reason: 'opening-refused',
    },
    {
      name: 'a rule that depends on an ipset',
      hosts: onDirector(rules('-A INPUT -m conntrack --ctstate INVALID -m set --match-set bad src -j DROP')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'an nft chain may drop as well',
      hosts: {
        ds1: {
          ...dr.ds1,
          'nft list ruleset':
            'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}',
        },
      },
      reason: 'other-filter',
    },
    { name: 'nft was not listed', hosts: { ds1: without(dr.ds1, 'nft list ruleset') }, reason: 'nft-unseen' },
  ],
  notMeant: [{ name: 'behind NAT the connection is whole', hosts: onDirector(rules(GUARD), STRICT, nat.ds1) }],
})
