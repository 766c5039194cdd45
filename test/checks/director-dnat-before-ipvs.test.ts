import { testCheck } from '../check-tester.ts'
import { conf, dr, two, VIP, without } from './support/cluster.ts'

const saved = (...rules: readonly string[]): string => `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
${rules.map((rule) => `-A ${rule}\n`).join('')}COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
COMMIT`
const DNAT = `PREROUTING -d ${VIP}/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.10.99:80`
const REDIRECT = `PREROUTING -d ${VIP}/32 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080`
type Outputs = Readonly<Record<string, string>>
const withRules = (text: string, base: Outputs = dr.ds1): Outputs => ({
  ...without(base, 'iptables -S'),
  'iptables-save': text,
})

testCheck('director-dnat-before-ipvs', {
  fail: [
    {
      name: 'a port forwarding from before the load balancer',
      hosts: { ds1: withRules(saved(DNAT)) },
      claims: [
        {
          message: 'rewritten-first',
          data: { host: 'ds1', target: '192.168.10.100:80', latent: false },
          lines: [`-A ${DNAT}`],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'REDIRECT to a process of the director',
      hosts: { ds1: withRules(saved(REDIRECT)) },
      claims: [{ message: 'rewritten-first', data: { host: 'ds1' }, lines: [`-A ${REDIRECT}`] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: withRules(saved(DNAT), dr.ds2), ds1: dr.ds1 },
      claims: [{ message: 'rewritten-first', data: { latent: true }, lines: [`-A ${DNAT}`], severity: 'warning' }],
    },
    {
      name: 'the director that has the VIP serves it too: REDIRECT takes all of it',
      hosts: { ds1: withRules(saved(REDIRECT), two.ds1) },
      claims: [{ message: 'rewritten-first', data: { latent: false }, lines: [`-A ${REDIRECT}`] }],
    },
  ],
  pass: [
    { name: 'an empty table nat', hosts: { ds1: withRules(saved()) } },
    { name: 'a rule for another port', hosts: { ds1: withRules(saved(DNAT.replace('--dport 80', '--dport 8080'))) } },
    {
      name: 'a rule for another address',
      hosts: { ds1: withRules(saved(DNAT.replace(`${VIP}/32`, '192.168.10.11/32'))) },
    },
  ],
  notApplicable: [
    {
      name: 'a service by firewall mark',
      hosts: {
        ds1: {
          ...without(withRules(saved(DNAT)), 'ipvsadm -Ln'),
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
      name: 'a rule that depends on an ipset',
      hosts: {
        ds1: withRules(
          saved('PREROUTING -p tcp -m set --match-set some dst -m tcp --dport 80 -j DNAT --to-destination 10.0.0.9'),
        ),
      },
      reason: 'rule-unclear',
    },
    { name: 'iptables -S does not show table nat', hosts: { ds1: dr.ds1 }, reason: 'nat-unseen' },
    {
      name: 'a real server that waits for the VIP takes its share by REDIRECT',
      hosts: { ds2: withRules(saved(REDIRECT), two.ds2), ds1: two.ds1 },
      reason: 'serves-it-too',
    },
  ],
  notMeant: [{ name: 'REDIRECT on a real server', hosts: { rs1: withRules(saved(REDIRECT), dr.rs1), ds1: dr.ds1 } }],
})
