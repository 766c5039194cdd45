import { testCheck } from '../check-tester.ts'
import { dr, VIP } from './support/cluster.ts'

type Outputs = Readonly<Record<string, string>>
type Way = 'In ' | 'Out' | 'M  '

const [ONE, TWO, THREE] = ['192.168.10.11', '192.168.10.12', '192.168.10.77'] as const
const PRIORITY: Readonly<Record<string, number>> = { [ONE]: 100, [TWO]: 90, [THREE]: 150 }

const advert = (at: number, way: Way, from: string, priority = PRIORITY[from]): string =>
  `13:39:${at.toFixed(6).padStart(9, '0')} eth0  ${way} IP ${from} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${priority}, authtype simple, intvl 1s, length 20`
/** One advert a second. */
const run = (first: number, count: number, way: Way, from: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => advert(first + i, way, from))
const merge = (...runs: readonly (readonly string[])[]): readonly string[] =>
  runs.flat().sort((a, b) => (a.slice(0, 15) < b.slice(0, 15) ? -1 : 1))

const TCPDUMP = 'tcpdump -nn -i any vrrp'
const capture = (lines: readonly string[], command = TCPDUMP): Outputs => ({
  [command]: `
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes
${lines.join('\n')}
${lines.length} packets captured
${lines.length} packets received by filter
0 packets dropped by kernel`,
})
const ds1 = (lines: readonly string[], command?: string) => ({ ...dr.ds1, ...capture(lines, command) })
const ds2 = (lines: readonly string[], command?: string) => ({ ...dr.ds2, ...capture(lines, command) })

const onDs2 = merge(run(15.46, 8, 'M  ', ONE), run(15.59, 8, 'Out', TWO))
const onDs1 = merge(run(15.46, 8, 'Out', ONE), run(15.59, 8, 'M  ', TWO))
const one = run(15.46, 8, 'M  ', ONE)

/** `-v` prints the list of VIPs. */
const listed = (at: number, way: Way, from: string, vip: string): string =>
  `13:39:${at.toFixed(6).padStart(9, '0')} eth0  ${way} IP (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40)\n    ${from} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${PRIORITY[from]}, authtype simple, intvl 1s, length 20, addrs: ${vip}`

testCheck('cap-two-masters', {
  fail: [
    {
      name: 'both go on sending, and the backup hears the master on its wire',
      hosts: { ds2: ds2(onDs2), ds1: dr.ds1 },
      claims: [
        {
          message: 'two-masters',
          data: {
            vrid: 51,
            winner: ONE,
            loser: TWO,
            priorities: '100 and 90',
            seconds: 7,
            host: 'ds2',
            witness: 'loser',
          },
          lines: [advert(15.59, 'Out', TWO), advert(16.46, 'M  ', ONE)],
          hosts: ['ds2', 'ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'seen on both: one finding, and the backup is the witness',
      hosts: { ds1: ds1(onDs1), ds2: ds2(onDs2) },
      claims: [
        {
          message: 'two-masters',
          data: { host: 'ds2', witness: 'loser' },
          lines: [advert(15.59, 'Out', TWO)],
          hosts: ['ds1', 'ds2'],
        },
      ],
    },
    {
      name: 'seen on the master',
      hosts: { ds1: ds1(onDs1), ds2: dr.ds2 },
      claims: [
        { message: 'two-masters', data: { host: 'ds1', witness: 'winner' }, lines: [advert(15.59, 'M  ', TWO)] },
      ],
    },
    {
      name: 'seen on a machine of the same network that is neither',
      hosts: { web7: capture(merge(one, run(15.59, 8, 'M  ', TWO))) },
      claims: [
        {
          message: 'two-masters',
          data: { host: 'web7', witness: 'other' },
          lines: [advert(16.46, 'M  ', ONE)],
          hosts: ['web7'],
        },
      ],
    },
    {
      name: 'a later glance that is too short does not undo it',
      hosts: {
        ds2: { ...ds2(onDs2), [`${TCPDUMP} #2`]: capture([advert(50, 'Out', TWO)])[TCPDUMP] ?? '' },
        ds1: dr.ds1,
      },
      claims: [{ message: 'two-masters', data: { seconds: 7 }, lines: [advert(15.59, 'Out', TWO)] }],
    },
    {
      name: 'a stranger with other VIPs: another cluster with the same number',
      hosts: {
        ds1: ds1(
          Array.from({ length: 8 }, (_, i) => [
            listed(15.46 + i, 'Out', ONE, VIP),
            listed(15.7 + i, 'M  ', THREE, '192.168.10.200'),
          ]).flat(),
          'tcpdump -nn -v -i any vrrp',
        ),
        ds2: dr.ds2,
      },
      claims: [
        {
          message: 'two-clusters',
          data: { vrid: 51, winner: THREE, loser: ONE },
          lines: [listed(15.7, 'M  ', THREE, '192.168.10.200').split('\n')[0] ?? ''],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    { name: 'one source', hosts: { ds1: ds1(run(15.46, 8, 'Out', ONE)), ds2: ds2(one) } },
    {
      name: 'an election: the loser sends one advert and falls silent',
      hosts: { ds1: ds1(merge(run(15.46, 8, 'Out', ONE), [advert(17.1, 'M  ', TWO)])), ds2: ds2(one) },
    },
    {
      name: 'a clean stop: priority 0, then the other takes over',
      hosts: {
        ds2: ds2(merge(run(15.46, 4, 'M  ', ONE), [advert(18.9, 'M  ', ONE, 0)], run(19.6, 8, 'Out', TWO))),
        ds1: ds1(merge(run(15.46, 4, 'Out', ONE), [advert(18.9, 'Out', ONE, 0)], run(19.6, 8, 'M  ', TWO))),
      },
    },
    {
      name: 'a failover without a word: the old master has been silent for three seconds',
      hosts: {
        ds2: ds2(merge(run(10.46, 4, 'M  ', ONE), run(17.1, 8, 'Out', TWO))),
        ds1: ds1(merge(run(10.46, 4, 'Out', ONE), run(17.1, 8, 'M  ', TWO))),
      },
    },
    {
      name: 'two masters earlier, one by now',
      hosts: {
        ds2: { ...ds2(onDs2), [`${TCPDUMP} #2`]: capture(run(40.46, 8, 'M  ', ONE))[TCPDUMP] ?? '' },
        ds1: ds1(run(40.46, 8, 'Out', ONE)),
      },
    },
  ],
  notApplicable: [
    {
      name: 'a capture of something else',
      hosts: {
        web7: capture(
          [`13:39:15.000000 eth0  B   ARP, Request who-has ${VIP} tell 192.168.10.1, length 28`],
          'tcpdump -nn -i any arp',
        ),
      },
      reason: 'no-adverts',
    },
  ],
  undecided: [
    {
      name: 'the capture ends while two still speak',
      hosts: { ds1: ds1(merge(run(15.46, 8, 'Out', ONE), [advert(22.1, 'M  ', TWO)])), ds2: ds2(one) },
      reason: 'cannot-tell',
    },
    {
      name: 'too short to see a second one',
      hosts: { ds1: ds1(run(15.46, 2, 'Out', ONE)), ds2: ds2(one) },
      reason: 'cannot-tell',
    },
    {
      name: 'a filter that shows one node only',
      hosts: { ds1: ds1(run(15.46, 8, 'Out', ONE), `tcpdump -nn -i any 'vrrp and host ${ONE}'`), ds2: ds2(one) },
      reason: 'cannot-tell',
    },
    {
      name: 'each sees itself alone: two networks, or one after the other',
      hosts: { ds1: ds1(run(15.46, 8, 'Out', ONE)), ds2: ds2(run(15.59, 8, 'Out', TWO)) },
      reason: 'cannot-tell',
    },
    {
      name: 'lines without their command',
      hosts: { 'notes.txt': `${one.join('\n')}\n` },
      reason: 'cannot-tell',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: dr.ds1, ds2: dr.ds2 } }],
})
