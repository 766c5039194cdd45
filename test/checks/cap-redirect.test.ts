import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'

const line = (at: string, from = '192.168.10.11') =>
  `13:39:${at} eth0  In  IP ${from} > 172.16.0.10: ICMP redirect 172.16.0.10 to host 172.16.0.10, length 68`
const other = '13:39:10.000001 eth0  In  IP 172.16.0.10 > 192.168.10.100: ICMP echo request, id 1, seq 1, length 64'

testCheck('cap-redirect', {
  fail: [
    {
      name: 'two of them and a third seen twice, by one sender',
      hosts: { ds1: capture([other, line('11.000001'), line('12.000001'), line('12.000009'), line('13.000001')]) },
      claims: [
        {
          message: 'seen',
          data: { from: '192.168.10.11', to: '172.16.0.10', count: 3, host: 'ds1' },
          lines: [line('11.000001')],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'two senders, each of them told; the same error in two captures is told once',
      hosts: {
        ds1: capture([line('11.000001'), line('12.000001', '192.168.10.99'), line('14.000001', '192.168.10.99')]),
        rs1: capture([line('11.000001')]),
      },
      claims: [
        { message: 'seen', data: { from: '192.168.10.99', count: 2 }, lines: [line('12.000001', '192.168.10.99')] },
        { message: 'seen', data: { count: 1, host: 'ds1' }, lines: [line('11.000001')] },
      ],
    },
  ],
  pass: [{ name: 'other ICMP', hosts: { ds1: capture([other]) } }],
  notApplicable: [
    {
      name: 'a filter that leaves ICMP out',
      hosts: { ds1: capture([], 'tcpdump -nn -i any arp') },
      reason: 'not-shown',
      on: 'case',
    },
  ],
  undecided: [
    { name: 'packets were dropped', hosts: { ds1: capture([other], undefined, 7) }, reason: 'cannot-tell', on: 'case' },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
