import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'

const seen = (i: number, ttl: number): string =>
  `13:39:11.0000${10 + i} eth0  ${i % 2 ? 'Out' : 'In '} IP (tos 0x0, ttl ${ttl}, id 5525, offset 0, flags [DF], proto TCP (6), length 60) 172.16.0.10.40000 > 192.168.10.100.80: Flags [S], seq 77, win 64240, length 0`
const round = Array.from({ length: 12 }, (_, i) => seen(i, 64 - Math.ceil(i / 2)))

testCheck('cap-loop', {
  fail: [
    {
      name: 'in and out until the TTL is used up',
      hosts: { ds1: capture(round), ds2: capture(round.slice(0, 10)) },
      claims: [
        {
          message: 'goes-round',
          data: {
            server: '192.168.10.100:80',
            client: '172.16.0.10',
            times: 12,
            falls: ', its TTL falling from 64 to 58',
            host: 'ds1',
          },
          lines: [round[0] ?? ''],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [{ name: 'in and out once', hosts: { ds1: capture(round.slice(0, 2)) } }],
  notApplicable: [
    {
      name: 'the filter leaves TCP out',
      hosts: { ds1: capture([], 'tcpdump -nn -i any arp') },
      reason: 'not-shown',
      on: 'case',
    },
  ],
  undecided: [
    {
      name: 'packets were dropped',
      hosts: { ds1: capture([seen(0, 64)], undefined, 7) },
      reason: 'cannot-tell',
      on: 'case',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
