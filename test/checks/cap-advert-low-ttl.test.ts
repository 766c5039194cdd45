import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'
import { adverts } from './support/pairs.ts'

const ONE = '192.168.10.11'
const low = adverts(ONE, { say: 'VRRPv2, Advertisement, (ttl 64), vrid 51, prio 100' })
const good = adverts(ONE)

testCheck('cap-advert-low-ttl', {
  fail: [
    {
      name: 'a sender behind a router, seen on two hosts',
      hosts: { ds1: capture([low]), ds2: capture([low]) },
      claims: [
        {
          message: 'not-255',
          data: { vrid: 51, from: ONE, ttls: [64], host: 'ds1' },
          lines: [low.split('\n')[0] ?? ''],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'tcpdump says nothing of a TTL of 255', hosts: { ds1: capture([good]) } },
    {
      name: 'unicast may cross a router',
      hosts: {
        ds1: capture([
          adverts(ONE, { dst: '192.168.10.12', say: 'VRRPv2, Advertisement, (ttl 64), vrid 51, prio 100' }),
        ]),
      },
    },
  ],
  notApplicable: [{ name: 'no advert', hosts: { ds1: capture([]) }, reason: 'no-adverts', on: 'case' }],
  undecided: [{ name: 'the paste breaks off', hosts: { 'notes.txt': `${good}\n` }, reason: 'cannot-tell', on: 'case' }],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
