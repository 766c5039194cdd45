import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'

const line = (at: string, from = '192.168.10.100') =>
  `13:39:${at} eth0  In  IP ${from} > 172.16.0.10: ICMP host 192.168.10.100 unreachable - admin prohibited, length 68`
const other = '13:39:10.000001 eth0  In  IP 172.16.0.10 > 192.168.10.100: ICMP echo request, id 1, seq 1, length 64'

const tcp = (at: string, rest: string) => `13:39:${at} eth0  Out IP ${rest}`
const [HERE, VIP] = ['172.16.0.10.43842', '192.168.10.100.80']
const opened = [
  tcp('10.000001', `${HERE} > ${VIP}: Flags [S], seq 1591482045, win 64240, length 0`),
  tcp('10.000002', `${VIP} > ${HERE}: Flags [S.], seq 2166936200, ack 1591482046, win 65160, length 0`),
  tcp('10.000003', `${HERE} > ${VIP}: Flags [.], ack 1, win 1004, length 0`),
  tcp('10.000004', `${HERE} > ${VIP}: Flags [P.], seq 1:79, ack 1, win 1004, length 78: HTTP: GET / HTTP/1.1`),
]
const answered = tcp(
  '10.000005',
  `${VIP} > ${HERE}: Flags [P.], seq 1:208, ack 79, win 1017, length 207: HTTP: HTTP/1.1 200 OK`,
)
const fin = tcp('10.000006', `${HERE} > ${VIP}: Flags [F.], seq 79, ack 208, win 1002, length 0`)

testCheck('cap-admin-prohibited', {
  fail: [
    {
      name: 'the FIN alone is refused, after the request was answered: a director that accepts state NEW',
      hosts: { client: capture([...opened, answered, fin, line('11.000001')]) },
      claims: [{ message: 'late', data: { count: 1, host: 'client' }, lines: [line('11.000001')], severity: 'note' }],
    },
    {
      name: 'the handshake passes and the data is refused',
      hosts: { client: capture([...opened, line('11.000001')]) },
      claims: [{ message: 'seen', data: { count: 1 }, lines: [line('11.000001')], severity: 'critical' }],
    },
    {
      name: 'one connection is well and another one is refused',
      hosts: {
        client: capture([
          ...opened,
          answered,
          tcp('10.500000', `172.16.0.10.43843 > ${VIP}: Flags [S], seq 7, win 64240, length 0`),
          line('11.000001'),
        ]),
      },
      claims: [{ message: 'seen', data: { count: 1 }, lines: [line('11.000001')], severity: 'critical' }],
    },
    {
      name: 'two of them and a third seen twice, by one sender',
      hosts: { ds1: capture([other, line('11.000001'), line('12.000001'), line('12.000009'), line('13.000001')]) },
      claims: [
        {
          message: 'seen',
          data: { from: '192.168.10.100', to: '172.16.0.10', count: 3, host: 'ds1' },
          lines: [line('11.000001')],
          hosts: ['ds1'],
          severity: 'critical',
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
