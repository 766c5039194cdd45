import { testCheck } from '../check-tester.ts'
import { dr, sysctls } from './support/cluster.ts'

const values = (packet: number, entry = 0, tcp = 0) => ({
  ds1: {
    ...dr.ds1,
    'sysctl -a': sysctls({
      'net.ipv4.vs.drop_packet': packet,
      'net.ipv4.vs.drop_entry': entry,
      'net.ipv4.vs.secure_tcp': tcp,
    }),
  },
})

testCheck('drop-defence-on', {
  fail: [
    {
      name: 'one packet in so many is dropped, always',
      hosts: values(3),
      claims: [
        {
          message: 'defence-active',
          data: { host: 'ds1', key: 'drop_packet', value: 3 },
          lines: ['net.ipv4.vs.drop_packet = 3'],
          severity: 'warning',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'two of them have come on by themselves',
      hosts: values(0, 2, 2),
      claims: [
        { message: 'defence-active', data: { key: 'drop_entry', value: 2 }, lines: ['net.ipv4.vs.drop_entry = 2'] },
        { message: 'defence-active', data: { key: 'secure_tcp', value: 2 }, lines: ['net.ipv4.vs.secure_tcp = 2'] },
      ],
    },
  ],
  pass: [
    { name: 'all are off', hosts: values(0) },
    { name: '1 is armed only', hosts: values(1, 1, 1) },
  ],
  undecided: [{ name: 'the values of IPVS were not read', hosts: { ds1: dr.ds1 }, reason: 'not-read' }],
  notMeant: [{ name: 'a real server', hosts: { rs1: dr.rs1, ds1: dr.ds1 } }],
})
