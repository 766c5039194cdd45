import { testCheck } from '../check-tester.ts'
import { ipAddr, type Nic } from './support/cluster.ts'
import { capture } from './support/packets.ts'

const [ONE, TWO] = ['02:00:00:00:00:11', '02:00:00:00:00:21']
const VIP = '192.168.10.100'
const reply = (mac: string, at: string) => `13:39:${at} eth0  In  ARP, Reply ${VIP} is-at ${mac}, length 28`
const nic = (mac: string): readonly Nic[] => [{ name: 'eth0', mac, addresses: ['192.168.10.21/24'] }]

testCheck('cap-arp-two-macs', {
  fail: [
    {
      name: 'both answer one question',
      hosts: {
        router: capture([reply(ONE, '11.000001'), reply(TWO, '11.000050')]),
        rs1: { 'ip addr': ipAddr(nic(TWO)) },
      },
      claims: [
        {
          message: 'two-answer',
          data: { ip: VIP, one: ONE, other: `rs1 (${TWO})`, host: 'router' },
          lines: [reply(ONE, '11.000001'), reply(TWO, '11.000050')],
          hosts: ['rs1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'now the one, now the other, now the first again',
      hosts: { router: capture([reply(ONE, '11.000001'), reply(TWO, '21.000001'), reply(ONE, '31.000001')]) },
      claims: [{ message: 'two-answer', data: { one: ONE, other: TWO }, lines: [reply(ONE, '31.000001')] }],
    },
  ],
  pass: [
    { name: 'one answers', hosts: { router: capture([reply(ONE, '11.000001'), reply(ONE, '12.000001')]) } },
    {
      name: 'a takeover',
      hosts: { router: capture([reply(ONE, '11.000001'), reply(TWO, '21.000001'), reply(TWO, '31.000001')]) },
    },
  ],
  notApplicable: [
    {
      name: 'the filter leaves ARP out',
      hosts: { router: capture([], 'tcpdump -nn -i any vrrp') },
      reason: 'not-shown',
      on: 'case',
    },
  ],
  undecided: [
    {
      name: 'packets were dropped',
      hosts: { router: capture([reply(ONE, '11.000001')], undefined, 7) },
      reason: 'cannot-tell',
      on: 'case',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
