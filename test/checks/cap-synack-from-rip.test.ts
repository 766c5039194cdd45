import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'

const [CLIENT, VIP, RIP] = ['192.168.10.50', '192.168.10.100', '192.168.20.21']
const syn = `13:39:11.000001 eth0  Out IP ${CLIENT}.40000 > ${VIP}.80: Flags [S], seq 77, win 64240, length 0`
const answer = (from: string) =>
  `13:39:11.000900 eth0  In  IP ${from}.80 > ${CLIENT}.40000: Flags [S.], seq 9, ack 78, win 65160, length 0`
const reset = `13:39:11.000950 eth0  Out IP ${CLIENT}.40000 > ${RIP}.80: Flags [R], seq 78, win 0, length 0`

testCheck('cap-synack-from-rip', {
  fail: [
    {
      name: 'the real server answers under its own address, and the client resets that',
      hosts: { client: capture([syn, answer(RIP), reset]) },
      claims: [
        {
          message: 'answered-past',
          data: { client: CLIENT, server: `${VIP}:80`, from: RIP, count: 1, reset: true, host: 'client' },
          lines: [answer(RIP), syn],
          hosts: ['client'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the reset is not in the capture',
      hosts: { client: capture([syn, answer(RIP)]) },
      claims: [{ message: 'answered-past', data: { reset: false }, lines: [answer(RIP)] }],
    },
  ],
  pass: [{ name: 'the VIP answers', hosts: { client: capture([syn, answer(VIP)]) } }],
  notApplicable: [
    {
      name: 'the filter leaves answers out',
      hosts: { client: capture([syn], 'tcpdump -nn -i any dst host 192.168.10.100') },
      reason: 'not-shown',
      on: 'case',
    },
  ],
  undecided: [
    {
      name: 'packets were dropped',
      hosts: { client: capture([syn], undefined, 7) },
      reason: 'cannot-tell',
      on: 'case',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
