import { testCheck } from '../check-tester.ts'
import { dr, VIP } from './support/cluster.ts'

type Outputs = Readonly<Record<string, string>>

const capture = (lines: readonly string[], command = "tcpdump -nn -i any 'tcp port 80'"): Outputs => ({
  [command]: `
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes
${lines.join('\n')}
${lines.length} packets captured
${lines.length} packets received by filter
0 packets dropped by kernel`,
})
const syn = (time: string, where: string, stamp = 130630673): string =>
  `15:39:${time} ${where}IP 28.117.161.129.53760 > ${VIP}.80: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val ${stamp} ecr 0,sackOK,eol], length 0`

/** tcpdump 4.9: no interface and no direction, tagged frames show by `ethertype IPv4,`. */
const VLAN = [
  syn('27.921157', 'ethertype IPv4, '),
  syn('27.921159', 'ethertype IPv4, '),
  syn('27.921159', ''),
  syn('27.921750', ''),
  syn('27.921752', ''),
]

testCheck('cap-duplicate-sightings', {
  fail: [
    {
      name: 'slave, bond and VLAN: five lines, one SYN',
      hosts: { web7: capture(VLAN) },
      claims: [
        {
          message: 'seen-several-times',
          data: { host: 'web7', lines: 5, repeated: 1, syns: 1 },
          lines: [VLAN[0] ?? '', VLAN[4] ?? ''],
          hosts: ['web7'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'card and VLAN of a real server',
      hosts: {
        rs1: { ...dr.rs1, ...capture([syn('27.921157', 'eth0  In  '), syn('27.921159', 'eth0.10 In  ')]) },
        ds1: dr.ds1,
      },
      claims: [{ message: 'seen-several-times', data: { lines: 2 }, lines: [syn('27.921157', 'eth0  In  ')] }],
    },
    {
      name: 'an earlier capture counts as well',
      hosts: {
        web7: {
          ...capture(VLAN),
          "tcpdump -nn -i any 'tcp port 80' #2":
            Object.values(capture([syn('50.000000', ''), syn('50.000002', '')]))[0] ?? '',
        },
      },
      claims: [{ message: 'seen-several-times', data: { lines: 5 }, lines: [VLAN[0] ?? ''] }],
    },
  ],
  pass: [
    { name: 'one line', hosts: { web7: capture([syn('27.921157', '')]) } },
    {
      name: 'a second later with a later stamp: a retransmission',
      hosts: { web7: capture([syn('27.921157', ''), syn('28.971157', '', 130631723)]) },
    },
    {
      name: 'the tunnel packet and what was in it: two headers on the first line tell',
      hosts: {
        rs1: capture([
          syn('27.921157', 'eth0  In  IP 192.168.10.11 > 192.168.20.21: '),
          syn('27.921159', 'tunl0 In  '),
        ]),
      },
    },
  ],
  notApplicable: [
    { name: 'no SYN', hosts: { web7: capture([]) }, reason: 'no-syn' },
    {
      name: 'a director passes every SYN on, with or without directions in the capture',
      hosts: {
        ds1: { ...dr.ds1, ...capture([syn('27.921157', ''), syn('27.921159', '')], 'tcpdump -nn -i eth0 tcp') },
      },
      reason: 'forwards',
    },
    {
      name: 'a router',
      hosts: { router: capture([syn('27.921157', 'eth0  In  '), syn('27.921159', 'eth1  Out ')]) },
      reason: 'forwards',
    },
  ],
  undecided: [
    {
      name: 'the paste breaks off',
      hosts: { 'notes.txt': `${syn('27.921157', '')}\n` },
      reason: 'cut-short',
      on: 'notes.txt',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { rs1: dr.rs1 } }],
})
