import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, VIP, without } from './support/cluster.ts'

const CONF = conf().replace(`virtual_server ${VIP} 80`, 'virtual_server fwmark 8')
const saved = (...rules: readonly string[]): string => `*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
${rules.map((rule) => `-A ${rule}\n`).join('')}COMMIT
*filter
:INPUT ACCEPT [0:0]
COMMIT`
const director = (rules: string, more: Readonly<Record<string, string>> = {}) => ({
  ds1: {
    ...without(dr.ds1, 'iptables -S'),
    'cat /etc/keepalived/keepalived.conf': CONF,
    'ipvsadm -Ln': ipvs(['192.168.10.21:80 Route 1'], 'FWM  8 rr'),
    'iptables-save': rules,
    ...more,
  },
})
const MARK = `PREROUTING -d ${VIP}/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x8/0xffffffff`

testCheck('fwmark-without-mark', {
  fail: [
    {
      name: 'nothing marks packets',
      hosts: director(saved()),
      claims: [
        {
          message: 'nobody-marks',
          data: { host: 'ds1', mark: 8 },
          lines: ['FWM  8 rr'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'another mark is set',
      hosts: director(saved(MARK.replace('0x8/', '0x9/'))),
      claims: [{ message: 'nobody-marks', data: { mark: 8 }, lines: ['FWM  8 rr'] }],
    },
  ],
  pass: [
    { name: 'the rule is there', hosts: director(saved(MARK)) },
    { name: 'as --set-mark', hosts: director(saved(`PREROUTING -d ${VIP}/32 -j MARK --set-mark 8`)) },
  ],
  notApplicable: [{ name: 'a service by address', hosts: { ds1: dr.ds1 }, reason: 'no-mark-service' }],
  undecided: [
    {
      name: 'a mark restored from the connection',
      hosts: director(saved('PREROUTING -j CONNMARK --restore-mark')),
      reason: 'may-be-set',
    },
    {
      name: 'an nft table marks',
      hosts: director(saved(), {
        'nft list ruleset':
          'table ip lvs {\n\tchain pre {\n\t\ttype filter hook prerouting priority mangle; policy accept;\n\t\ttcp dport 80 meta mark set 0x8\n\t}\n}',
      }),
      reason: 'may-be-set',
    },
    {
      name: 'iptables -S shows table filter alone',
      hosts: {
        ds1: {
          ...without(director(saved()).ds1, 'iptables-save'),
          'iptables -S': '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT',
        },
      },
      reason: 'not-listed',
    },
  ],
})
