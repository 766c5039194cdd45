import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'
import { adverts } from './support/pairs.ts'

const [ONE, TWO] = ['192.168.10.11', '192.168.10.12']
const SAY = 'VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20, addrs: 192.168.10.100'
const mine = adverts(ONE, { say: SAY })
const theirs = adverts(TWO, {
  say: 'VRRPv2, Advertisement, vrid 51, prio 90, authtype simple, intvl 1s, length 20, addrs: 192.168.10.200',
})
const first = (text: string) => text.split('\n')[0] ?? ''

testCheck('cap-vrrp-vips-diff', {
  fail: [
    {
      name: 'two senders differ',
      hosts: { ds1: capture([mine, theirs]) },
      claims: [
        {
          message: 'differs',
          data: { vrid: 51, a: ONE, b: TWO, saysA: '192.168.10.100', saysB: '192.168.10.200', host: 'ds1' },
          lines: [first(mine), first(theirs)],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'two that agree', hosts: { ds1: capture([mine, adverts(TWO, { say: SAY })]) } },
    { name: 'one sender', hosts: { ds1: capture([mine]) } },
    {
      name: 'on two interfaces they may differ',
      hosts: { ds1: capture([mine, theirs.replaceAll('eth0 ', 'eth1 ')]) },
    },
  ],
  notApplicable: [{ name: 'no advert', hosts: { ds1: capture([]) }, reason: 'no-adverts', on: 'case' }],
  undecided: [
    {
      name: 'the list is printed by -v only',
      hosts: {
        ds1: capture([
          adverts(ONE, { say: 'VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20' }),
        ]),
      },
      reason: 'not-printed',
      on: 'case',
    },
    { name: 'packets were dropped', hosts: { ds1: capture([mine], undefined, 3) }, reason: 'cannot-tell', on: 'case' },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
