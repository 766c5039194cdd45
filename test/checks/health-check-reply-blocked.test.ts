import { testCheck } from '../check-tester.ts'
import { conf, dr, NO_FIREWALL, nat, without } from './support/cluster.ts'

const DROP = '-A INPUT -j DROP'
const rules = (...lines: readonly string[]): string =>
  [
    NO_FIREWALL.trim(),
    '-A INPUT -i lo -j ACCEPT',
    '-A INPUT -p vrrp -j ACCEPT',
    '-A INPUT -d 192.168.10.100/32 -p tcp --dport 80 -j ACCEPT',
    ...lines,
    DROP,
  ].join('\n')
type Outputs = Readonly<Record<string, string>>
const onDirector = (text: string, base: Outputs = dr.ds1, more: Outputs = {}) => ({
  ds1: { ...base, 'iptables -S': text, ...more },
})
const TIMEOUT = 'Nov 20 17:07:00 ds1 Keepalived_healthcheckers[34]: TCP connection to [192.168.10.22]:tcp:80 timeout.'
const BACK = 'Nov 20 17:09:00 ds1 Keepalived_healthcheckers[34]: TCP connection to [192.168.10.22]:tcp:80 success.'
const LOG = 'grep -i keepalived /var/log/messages'

testCheck('health-check-reply-blocked', {
  fail: [
    {
      name: 'every service is named, what is established is not',
      hosts: onDirector(rules()),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds1', servers: '192.168.10.21, 192.168.10.22', rule: DROP, latent: false },
          lines: [DROP],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log says that checks time out: direct proof',
      hosts: onDirector(rules(), dr.ds1, { [LOG]: TIMEOUT }),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [DROP, TIMEOUT], proof: 'direct' }],
    },
    {
      name: 'a later check has succeeded: no proof',
      hosts: onDirector(rules(), dr.ds1, { [LOG]: `${TIMEOUT}\n${BACK}` }),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds1' }, lines: [DROP], proof: 'inferred' }],
    },
    {
      name: 'policy DROP, NAT',
      hosts: onDirector('-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-A INPUT -p vrrp -j ACCEPT', nat.ds1),
      claims: [{ message: 'dropped-by-policy', data: { host: 'ds1' }, lines: ['-P INPUT DROP'] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules() }, ds1: dr.ds1 },
      claims: [{ message: 'rejected-by-rule', data: { latent: true }, lines: [DROP], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: onDirector(NO_FIREWALL) },
    {
      name: 'what is established is let in',
      hosts: onDirector(rules('-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT')),
    },
    { name: 'the real servers are let in', hosts: onDirector(rules('-A INPUT -s 192.168.10.0/24 -j ACCEPT')) },
  ],
  notApplicable: [
    {
      name: 'nobody checks the real servers',
      hosts: onDirector(rules(), dr.ds1, {
        'cat /etc/keepalived/keepalived.conf': conf().replace(/TCP_CHECK \{[^}]*\}/g, ''),
      }),
      reason: 'no-tcp-check',
    },
  ],
  undecided: [
    {
      name: 'an accept that depends on an ipset',
      hosts: onDirector(rules('-A INPUT -m set --match-set pool src -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'an nft chain may drop as well',
      hosts: onDirector(NO_FIREWALL, dr.ds1, {
        'nft list ruleset':
          'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}',
      }),
      reason: 'other-filter',
    },
    { name: 'nft was not listed', hosts: { ds1: without(dr.ds1, 'nft list ruleset') }, reason: 'nft-unseen' },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules() }, ds1: dr.ds1 } }],
})
